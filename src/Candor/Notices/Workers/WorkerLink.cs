using System.Threading.Channels;
using Candor.Effects;
using Candor.Notices.Channels;
using Microsoft.Extensions.Logging;

namespace Candor.Notices.Workers;

/// <summary>
/// Keeps the process of one channel running: started, spoken with, replaced when it ends or says nothing, after a pause
/// that doubles. Nothing that happens to it reaches further than its own messages.
/// </summary>
/// <param name="threads">Reading and writing for a crowd is work, and whoever reads the page goes before it.</param>
internal sealed class WorkerLink(
    string channel, Func<IPipedProcess> start, Action<WorkerNews> heard, LowPriorityThreads threads, TimeProvider time, ILogger logger)
{
    /// <summary>More waits until this is sent.</summary>
    private const int SentAtOnce = 64 * 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(15);

    private volatile Running? running;
    private volatile int renewed;
    private int started;
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
            started++;
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

            if (renewed == started)
            {
                // Nothing is wrong with it: no pause, and nothing to be counted.
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

    /// <summary>
    /// Given to this process and to no other: where it has ended, the news of that finds it surely not begun, and it must not
    /// have gone to the one that came next.
    /// </summary>
    public void Send(int process, Message message)
    {
        if (running is { } now && now.Number == process)
        {
            now.Frames.TryWrite(new() { Work = message });
        }
    }

    /// <summary>There is a process, and it was opened with other settings than these.</summary>
    public bool IsOpenedOtherwise(ChannelSettings settings) => running is { } now && !now.OpenedWith.SaysTheSameAs(settings);

    /// <summary>Ends this process, which holds something for too long; nothing where it has ended already.</summary>
    public void Replace(int process)
    {
        if (running is { } now && now.Number == process)
        {
            now.Process.Kill();
        }
    }

    /// <summary>Replaces a process whose settings have changed, at once and with those that hold now. Whoever asks has let it finish.</summary>
    public void Renew()
    {
        if (running is { } now)
        {
            renewed = now.Number;
            now.Process.Kill();
        }
    }

    private async Task OnceAsync(ChannelSettings settings, CancellationToken stopping)
    {
        using var process = start();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var pipe = new FramePipe(process.Output, process.Input, threads);
        var frames = Channel.CreateUnbounded<WorkerFrame>(new() { SingleReader = true });
        frames.Writer.TryWrite(new() { Hello = new(settings.Values, settings.Allow) });
        Volatile.Write(ref aliveAt, time.GetTimestamp());
        running = new(started, process, frames.Writer, settings);
        WorkerLog.Started(logger, channel, process.Id);

        // A read from a pipe does not hear of cancellation; that the process ends it does.
        await using var killing = stopping.UnsafeRegister(static state => ((IPipedProcess)state!).Kill(), process);
        var writing = WriteAsync(pipe, frames.Reader, ended.Token);
        var watching = WatchAsync(process, ended.Token);
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
            running = null;
            await ended.CancelAsync();
            process.Kill();
            await process.Ended;
            await Task.WhenAll(writing, watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Hear(WorkerFrame frame)
    {
        if (frame.Ready)
        {
            heard(new WorkerReady(started));
        }
        else if (frame.Begun is { } begun)
        {
            heard(new WorkerBegan(begun));
        }
        else if (frame.Done is { } answered)
        {
            heard(answered);
        }
    }

    private async Task WatchAsync(IPipedProcess process, CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, stopping);
            if (time.GetElapsedTime(Volatile.Read(ref aliveAt)) > Silent)
            {
                WorkerLog.Silent(logger, channel, Silent.TotalSeconds);
                process.Kill();
                return;
            }
        }
    }

    private async Task WriteAsync(FramePipe pipe, ChannelReader<WorkerFrame> frames, CancellationToken stopping)
    {
        while (await frames.WaitToReadAsync(stopping))
        {
            await threads.TurnAsync();
            while (pipe.Waiting < SentAtOnce && frames.TryRead(out var frame))
            {
                if (!pipe.Write(frame) && frame.Work is { } message)
                {
                    // It would end the process, and the next one, with everything else that they have in hand.
                    heard(new WorkerAnswered(message.Key, Handover.Refused(Blame.Recipient, "too_large", "the message is larger than a channel takes")));
                }
            }

            await pipe.SendAsync(stopping);
        }
    }

    /// <param name="Number">Of the process; the first is 1.</param>
    private sealed record Running(int Number, IPipedProcess Process, ChannelWriter<WorkerFrame> Frames, ChannelSettings OpenedWith);
}
