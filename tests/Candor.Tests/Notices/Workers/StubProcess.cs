using System.IO.Pipelines;
using System.Threading.Channels;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Workers;

namespace Candor.Tests.Notices.Workers;

/// <summary>
/// The process of a channel without a process: it opens at once, and answers each message as it is told to, or keeps it in
/// hand. It beats when a test says so.
/// </summary>
internal sealed class StubProcess : IPipedProcess
{
    /// <summary>In place of an answer: it keeps the message in hand.</summary>
    public static readonly Handover InHand = Handover.Delivered("kept in hand");

    private readonly Pipe input = new();

    // What is written has been read by the core when the write is done.
    private readonly Pipe output = new(new(pauseWriterThreshold: 1, resumeWriterThreshold: 1));

    // Whoever has put the one thing into it says something.
    private readonly Channel<bool> turn = System.Threading.Channels.Channel.CreateBounded<bool>(1);
    private readonly CancellationTokenSource killed = new();
    private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isClosed;

    /// <param name="opens">False: it lives and never gets as far as opening the channel.</param>
    public StubProcess(Func<Message, Handover?> answer, bool opens = true)
    {
        (Input, Output) = (input.Writer.AsStream(), output.Reader);
        _ = RunAsync(answer, opens, CancellationToken.None);
    }

    public int Id => 1;

    public Stream Input { get; }

    public PipeReader Output { get; }

    public Task<int> Ended => ended.Task;

    /// <summary>The core has heard that it is open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Somebody ended it, or is done with it.</summary>
    public bool IsKilled => ended.Task.IsCompleted;

    /// <summary>Done once the core has read it, or once there is nobody any more who could say it.</summary>
    public async Task SayAsync(WorkerFrame frame, CancellationToken cancellation)
    {
        await turn.Writer.WriteAsync(true, cancellation);
        try
        {
            if (!isClosed)
            {
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation, killed.Token);
                await new FramePipe(PipeReader.Create(Stream.Null), output.Writer.AsStream(leaveOpen: true)).SayAsync(frame, waiting.Token);
            }
        }
        catch (OperationCanceledException) when (killed.IsCancellationRequested)
        {
            // What it had written lies in the pipe, whether or not anybody reads it.
        }
        finally
        {
            turn.Reader.TryRead(out _);
        }
    }

    public void Kill()
    {
        input.Writer.Complete();
        try
        {
            killed.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The room has put it away meanwhile: it is dead already.
        }

        ended.TrySetResult(137);
    }

    public void Dispose()
    {
        Kill();
        killed.Dispose();
    }

    private async Task RunAsync(Func<Message, Handover?> answer, bool opens, CancellationToken cancellation)
    {
        var pipe = new FramePipe(input.Reader, Stream.Null);
        try
        {
            while (await pipe.ReadAsync(cancellation) is { } frame)
            {
                if (frame.Hello is not null && opens)
                {
                    await SayAsync(new() { Ready = true }, cancellation);
                    IsOpen = true;
                }
                else if (frame.Work is { } message)
                {
                    await SayAsync(new() { Begun = message.Key }, cancellation);
                    if (answer(message) is var came && !ReferenceEquals(came, InHand))
                    {
                        await SayAsync(new() { Done = new(message.Key, came) }, cancellation);
                    }
                }
            }
        }
        finally
        {
            // A read that fails ends it too, as it ends the real one.
            await turn.Writer.WriteAsync(true, cancellation);
            isClosed = true;
            await output.Writer.CompleteAsync();
            turn.Reader.TryRead(out _);
            ended.TrySetResult(1);
        }
    }
}
