using System.IO.Pipelines;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Workers;

namespace Candor.Tests.Notices.Workers;

/// <summary>The process of a channel without a process: it opens at once, and answers each message as it is told to.</summary>
internal sealed class StubProcess : IPipedProcess
{
    private readonly Pipe input = new();
    private readonly Pipe output = new();
    private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StubProcess(Func<Message, Handover?> answer)
    {
        (Input, Output) = (input.Writer.AsStream(), output.Reader.AsStream());
        _ = RunAsync(answer, CancellationToken.None);
    }

    public int Id => 1;

    public Stream Input { get; }

    public Stream Output { get; }

    public Task<int> Ended => ended.Task;

    public void Kill()
    {
        input.Writer.Complete();
        ended.TrySetResult(137);
    }

    public void Dispose() => Kill();

    private async Task RunAsync(Func<Message, Handover?> answer, CancellationToken cancellation)
    {
        var pipe = new FramePipe(input.Reader.AsStream(), output.Writer.AsStream());
        try
        {
            while (await pipe.ReadAsync(cancellation) is { } frame)
            {
                if (frame.Hello is not null)
                {
                    await pipe.WriteAsync(new() { Ready = true }, cancellation);
                }
                else if (frame.Work is { } message)
                {
                    await pipe.WriteAsync(new() { Begun = message.Key }, cancellation);
                    await pipe.WriteAsync(new() { Done = new(message.Key, answer(message)) }, cancellation);
                }
            }
        }
        finally
        {
            // A read that fails ends it too, as it ends the real one.
            await output.Writer.CompleteAsync();
            ended.TrySetResult(1);
        }
    }
}
