using System.Threading.Channels;
using Candor.Effects;
using Candor.Notices.Channels;
using Microsoft.Extensions.Logging;

namespace Candor.Notices.Workers;

/// <summary>
/// Keeps the process of one channel running: started, spoken with, replaced when it ends or says nothing, after a pause
/// that doubles. Nothing that happens to it reaches further than its own messages.
/// </summary>
internal sealed class WorkerLink(
    string channel, Func<IPipedProcess> start, Action<WorkerNews> heard, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(15);

    private volatile Channel<WorkerFrame>? outgoing;
    private volatile IPipedProcess? process;
    private volatile ChannelSettings? openedWith;
    private volatile bool renews;
    private long aliveAt;

    /// <summary>Starts beyond the first that nobody asked for.</summary>
    public int Restarts { get; private set; }

    /// <summary>Runs until stopped; the process then ends as well.</summary>
    public async Task RunAsync(Func<ChannelSettings> settings, CancellationToken stopping)
    {
        var failures = 0;
        while (true)
        {
            var began = time.GetTimestamp();
            try
            {
                await OnceAsync(settings(), stopping);
            }
            catch (Exception fault) when (fault is IOException or InvalidDataException or ObjectDisposedException && !stopping.IsCancellationRequested)
            {
                WorkerLog.Broken(logger, channel, fault.Message);
            }
            finally
            {
                heard(new WorkerEnded());
            }

            if (renews)
            {
                // Nothing is wrong with it: no pause, and nothing to be counted.
                renews = false;
                WorkerLog.Renewed(logger, channel);
                continue;
            }

            failures = time.GetElapsedTime(began) >= Good ? 1 : failures + 1;
            var pause = FirstPause * Math.Pow(2, Math.Min(failures, 10));
            pause = pause < LongestPause ? pause : LongestPause;
            Restarts++;
            WorkerLog.Restarting(logger, channel, pause.TotalSeconds);
            await Task.Delay(pause, time, stopping);
        }
    }

    /// <summary>Given to the process that runs now; if it ends before it has it, the news of that says so.</summary>
    public void Send(Message message) => outgoing?.Writer.TryWrite(new() { Work = message });

    /// <summary>There is a process, and it was opened with other settings than these.</summary>
    public bool IsOpenedOtherwise(ChannelSettings settings) => openedWith is { } then && !then.SaysTheSameAs(settings);

    /// <summary>Replaces a process that holds something for too long.</summary>
    public void Replace() => process?.Kill();

    /// <summary>Replaces a process whose settings have changed, at once and with those that hold now. Whoever asks has let it finish.</summary>
    public void Renew()
    {
        if (process is { } running)
        {
            renews = true;
            running.Kill();
        }
    }

    private async Task OnceAsync(ChannelSettings settings, CancellationToken stopping)
    {
        using var started = start();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var pipe = new FramePipe(started.Output, started.Input);
        var frames = Channel.CreateUnbounded<WorkerFrame>(new() { SingleReader = true });
        frames.Writer.TryWrite(new() { Hello = new(settings.Values, settings.Allow) });
        Volatile.Write(ref aliveAt, time.GetTimestamp());
        (process, outgoing, openedWith) = (started, frames, settings);
        WorkerLog.Started(logger, channel, started.Id);

        // A read from a pipe does not hear of cancellation; that the process ends it does.
        await using var killing = stopping.UnsafeRegister(static state => ((IPipedProcess)state!).Kill(), started);
        var writing = WriteAsync(pipe, frames.Reader, ended.Token);
        var watching = WatchAsync(started, ended.Token);
        try
        {
            while (await pipe.ReadAsync(stopping) is { } frame)
            {
                Volatile.Write(ref aliveAt, time.GetTimestamp());
                Hear(frame);
            }
        }
        finally
        {
            (process, outgoing, openedWith) = (null, null, null);
            await ended.CancelAsync();
            started.Kill();
            await started.Ended;
            await Task.WhenAll(writing, watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Hear(WorkerFrame frame)
    {
        if (frame.Ready)
        {
            heard(new WorkerReady());
        }
        else if (frame.Begun is { } begun)
        {
            heard(new WorkerBegan(begun));
        }
        else if (frame.Done is { } done)
        {
            heard(new WorkerAnswered(done.Key, done.Handover, done.Took));
        }
    }

    private async Task WatchAsync(IPipedProcess started, CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, stopping);
            if (time.GetElapsedTime(Volatile.Read(ref aliveAt)) > Silent)
            {
                WorkerLog.Silent(logger, channel, Silent.TotalSeconds);
                started.Kill();
                return;
            }
        }
    }

    private async Task WriteAsync(FramePipe pipe, ChannelReader<WorkerFrame> frames, CancellationToken stopping)
    {
        await foreach (var frame in frames.ReadAllAsync(stopping))
        {
            if (!await pipe.WriteAsync(frame, stopping) && frame.Work is { } message)
            {
                // It would end the process, and the next one, with everything else that they have in hand.
                heard(new WorkerAnswered(message.Key, Handover.Refused(Blame.Recipient, "too_large", "the message is larger than a channel takes")));
            }
        }
    }
}
