using System.Threading.Channels;
using Candor.Notices.Channels;

namespace Candor.Notices.Workers;

/// <summary>
/// The process of a channel: takes messages, hands each over once, says what came of it. It keeps nothing and owns no file.
/// When the core's pipe ends it ends too, whatever is in hand: the core that comes next knows what that was.
/// </summary>
internal sealed class ChannelHost(IChannelKind kind, Func<ChannelSettings, ChannelTools> toolsOf, TimeProvider time)
{
    private const string NotForStrangers =
        "a reader entered this address, and it is not on a public network; an operator may enter it, where egress.allow has its network";

    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(1);

    private readonly Channel<(WorkerFrame Frame, TaskCompletionSource? Written)> outgoing =
        Channel.CreateUnbounded<(WorkerFrame, TaskCompletionSource?)>(new() { SingleReader = true });

    /// <summary>Runs until the other side ends. Throws <see cref="InvalidDataException"/> where it is not the core that speaks.</summary>
    public async Task RunAsync(FramePipe pipe, CancellationToken stopping)
    {
        if ((await pipe.ReadAsync(stopping))?.Hello is not { } hello)
        {
            throw new InvalidDataException("Nobody said which channel to open; `candor serve` starts this by itself.");
        }

        var settings = new ChannelSettings(hello.Values) { Allow = hello.Allow };
        await using var channel = kind.Open(settings, toolsOf(settings));

        // Connections are kept and used again, so the two share nothing.
        await using var outside = kind.ConnectsToAddresses ? kind.Open(settings, toolsOf(settings with { Allow = [] })) : null;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Say(new() { Ready = true });
        var writing = WriteAsync(pipe, ended.Token);
        var beating = BeatAsync(ended.Token);
        try
        {
            while (await pipe.ReadAsync(ended.Token) is { } frame)
            {
                if (frame.Work is { } message)
                {
                    _ = HandOverAsync(message.PublicOnly && outside is not null ? outside : channel, message, ended.Token);
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(writing, beating).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task HandOverAsync(IChannel channel, Message message, CancellationToken stopping)
    {
        await Task.Yield();

        // On its way to the core before anything is on its way to them: what this process takes with it when it dies is counted.
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Say(new() { Begun = message.Key }, written);
        await written.Task.WaitAsync(stopping);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(kind.Timing.SendWithin);
        Handover? handover;
        var began = time.GetTimestamp();
        try
        {
            handover = await channel.SendAsync(message, patience.Token);
            handover = message.PublicOnly && handover.Reason == "forbidden" ? handover with { Said = NotForStrangers } : handover;
        }
        catch (OperationCanceledException)
        {
            // A channel that knows how far it came says so itself.
            handover = Handover.Silent("timeout", $"no answer within {kind.Timing.SendWithin.TotalSeconds:F0} s");
        }
        catch (Exception)
        {
            // Nobody foresaw it: to the core it is as if this process had died of the message.
            handover = null;
        }

        Say(new() { Done = new(message.Key, handover, time.GetElapsedTime(began)) });
    }

    private void Say(WorkerFrame frame, TaskCompletionSource? written = null) => outgoing.Writer.TryWrite((frame, written));

    private async Task BeatAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(AliveEvery, time, stopping);
            Say(new() { Alive = true });
        }
    }

    private async Task WriteAsync(FramePipe pipe, CancellationToken stopping)
    {
        var written = new List<TaskCompletionSource>();
        while (await outgoing.Reader.WaitToReadAsync(stopping))
        {
            while (outgoing.Reader.TryRead(out var said))
            {
                pipe.Write(said.Frame);
                if (said.Written is { } waits)
                {
                    written.Add(waits);
                }
            }

            await pipe.SendAsync(stopping);
            written.ForEach(static one => one.TrySetResult());
            written.Clear();
        }
    }
}
