using System.Buffers.Binary;
using System.Text.Json;

namespace Candor.Notices.Workers;

/// <summary>Frames on a stream of bytes: a length of four bytes, then JSON. Reading and writing are one caller's each.</summary>
internal sealed class FramePipe(System.IO.Stream input, System.IO.Stream output)
{
    private const int FrameBytesMost = 4 * 1024 * 1024;
    private readonly byte[] head = new byte[4];

    /// <summary>Null at the end. Throws <see cref="InvalidDataException"/> for what is no frame.</summary>
    public async ValueTask<WorkerFrame?> ReadAsync(CancellationToken cancellation)
    {
        if (await input.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation) < head.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is <= 0 or > FrameBytesMost)
        {
            throw new InvalidDataException($"A frame of {length} bytes is none.");
        }

        var body = new byte[length];
        if (await input.ReadAtLeastAsync(body, length, throwOnEndOfStream: false, cancellation) < length)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, WorkerJson.Default.WorkerFrame);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException("What came is no frame.", fault);
        }
    }

    /// <summary>False: it is larger than the other side reads, and nothing was written.</summary>
    public async ValueTask<bool> WriteAsync(WorkerFrame frame, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(frame, WorkerJson.Default.WorkerFrame);
        if (body.Length > FrameBytesMost)
        {
            return false;
        }

        var whole = new byte[body.Length + 4];
        BinaryPrimitives.WriteInt32LittleEndian(whole, body.Length);
        body.CopyTo(whole.AsSpan(4));
        await output.WriteAsync(whole, cancellation);
        await output.FlushAsync(cancellation);
        return true;
    }
}
