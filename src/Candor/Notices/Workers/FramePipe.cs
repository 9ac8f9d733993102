using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Candor.Effects;
using Candor.Notices.Channels;

namespace Candor.Notices.Workers;

/// <summary>
/// Frames on a stream of bytes: a length of four bytes, then JSON. Reading and writing are one caller's each. What is written
/// goes out when it is sent, as much as there is at once. What many messages say crosses once: the other side keeps the last of
/// it in numbered places, and a message names the place.
/// </summary>
/// <param name="threads">Whoever reads goes on there; null: where the bytes came.</param>
internal sealed class FramePipe(PipeReader input, System.IO.Stream output, LowPriorityThreads? threads = null) : IDisposable
{
    private const int HeadBytes = 4;
    private const int FrameBytesMost = 4 * 1024 * 1024;
    private const int KeptBytesMost = 256 * 1024;

    /// <summary>Places: for each kind of thing that is told at a time one for each language and zone.</summary>
    private const int Places = 16;

    private readonly Utf8JsonWriter json = new(System.IO.Stream.Null, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private ArrayBufferWriter<byte> body = new();
    private ArrayBufferWriter<byte> waiting = new();
    private readonly MessageWords[] sent = [.. Enumerable.Repeat(MessageWords.None, Places)];
    private readonly MessageWords[] heard = [.. Enumerable.Repeat(MessageWords.None, Places)];
    private int next;
    private ReadOnlySequence<byte> come;
    private bool holds;
    private bool isOver;

    /// <summary>Bytes that were written and not sent.</summary>
    public int Waiting => waiting.WrittenCount;

    /// <summary>Null at the end. Throws <see cref="InvalidDataException"/> for what is no frame.</summary>
    public async ValueTask<WorkerFrame?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            while (TryTake(out var frame))
            {
                if (Place(frame) is { } whole)
                {
                    return whole;
                }
            }

            if (isOver)
            {
                return null;
            }

            var read = await input.ReadAsync(cancellation);
            (come, holds, isOver) = (read.Buffer, true, read.IsCompleted);
            if (threads is not null)
            {
                await threads.TurnAsync();
            }
        }
    }

    /// <summary>False: it is larger than the other side reads, and the message was not written.</summary>
    public bool Write(WorkerFrame frame)
    {
        if (frame.Work is { } message)
        {
            frame.Place = PlaceOf(message.Words);
        }

        return (frame.Work is null || frame.Place is not null) && Add(frame);
    }

    private int? PlaceOf(MessageWords words)
    {
        for (var i = 0; i < Places; i++)
        {
            if (ReferenceEquals(sent[i], words))
            {
                return i;
            }
        }

        if (!Add(new() { Words = words, Place = next }))
        {
            return null;
        }

        var place = next;
        (sent[place], next) = (words, (next + 1) % Places);
        return place;
    }

    private bool Add(WorkerFrame frame)
    {
        body = Emptied(body);
        json.Reset(body);
        JsonSerializer.Serialize(json, frame, WorkerJson.Default.WorkerFrame);
        if (body.WrittenCount > FrameBytesMost)
        {
            return false;
        }

        BinaryPrimitives.WriteInt32LittleEndian(waiting.GetSpan(HeadBytes), body.WrittenCount);
        waiting.Advance(HeadBytes);
        waiting.Write(body.WrittenSpan);
        return true;
    }

    /// <summary>Sends everything that was written.</summary>
    public async ValueTask SendAsync(CancellationToken cancellation)
    {
        await output.WriteAsync(waiting.WrittenMemory, cancellation);
        await output.FlushAsync(cancellation);
        waiting = Emptied(waiting);
    }

    public void Dispose() => json.Dispose();

    private static ArrayBufferWriter<byte> Emptied(ArrayBufferWriter<byte> bytes)
    {
        // After something large, the memory is not kept.
        if (bytes.Capacity > KeptBytesMost)
        {
            return new();
        }

        bytes.ResetWrittenCount();
        return bytes;
    }

    private bool TryTake([NotNullWhen(true)] out WorkerFrame? frame)
    {
        frame = null;
        if (come.Length >= HeadBytes)
        {
            Span<byte> head = stackalloc byte[HeadBytes];
            come.Slice(0, HeadBytes).CopyTo(head);
            var length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length is <= 0 or > FrameBytesMost)
            {
                throw new InvalidDataException($"A frame of {length} bytes is none.");
            }

            if (come.Length - HeadBytes >= length)
            {
                frame = Frame(come.Slice(HeadBytes, length));
                come = come.Slice(HeadBytes + length);
                return true;
            }
        }

        if (holds)
        {
            input.AdvanceTo(come.Start, come.End);
            holds = false;
        }

        return false;
    }

    /// <summary>A message with what it says; null for words, which are kept for what comes after them.</summary>
    private WorkerFrame? Place(WorkerFrame frame)
    {
        if (frame is { Words: null, Work: null })
        {
            return frame;
        }

        if (frame.Place is not { } place || place is < 0 or >= Places)
        {
            throw new InvalidDataException("A frame names no place that there is.");
        }

        if (frame.Words is { } words)
        {
            heard[place] = words;
            return null;
        }

        return frame with { Work = frame.Work! with { Words = heard[place] } };
    }

    private static WorkerFrame Frame(ReadOnlySequence<byte> json)
    {
        try
        {
            var read = new Utf8JsonReader(json);
            var frame = JsonSerializer.Deserialize(ref read, WorkerJson.Default.WorkerFrame);
            return frame is not null && !read.Read() ? frame : throw new InvalidDataException("What came is no frame.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("What came is no frame.", fault);
        }
    }
}
