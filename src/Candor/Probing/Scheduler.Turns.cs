using Candor.Judging;

namespace Candor.Probing;

/// <content>One turn of the loop, and one look.</content>
internal sealed partial class Scheduler
{
    /// <summary>Starts what is due and says how long to pause.</summary>
    private TimeSpan Turn(List<(ScheduledCheck Check, long Due)> due, CancellationToken cancellation)
    {
        var steady = tools.Time.GetElapsedTime(start);
        Inspect(steady);
        due.Clear();
        lock (gate)
        {
            wheel.Advance(Now(), due);
            foreach (var (check, tick) in due)
            {
                Reschedule(check, tick);
                CameDue(check, tick);
            }
        }

        StartWaiting(cancellation);
        lock (gate)
        {
            var next = wheel.Next() is { } tick ? ((tick - wallTicks) * Tick) - tools.Time.GetElapsedTime(start) : LongestPause;
            var pause = next > LongestPause ? LongestPause : next < ShortestPause ? ShortestPause : next;
            steadiness.Expect(tools.Time.GetElapsedTime(start) + pause);
            return pause;
        }
    }

    private void Inspect(TimeSpan steady)
    {
        TimeSpan? stall;
        TimeSpan? jump;
        lock (gate)
        {
            stall = steadiness.Turned(steady);
            jump = steadiness.Compare(tools.Time.GetUtcNow(), steady);
        }

        SayCrowded(steady);
        if (stall is { } stood)
        {
            SchedulerLog.Stalled(logger, stood.TotalSeconds);
        }

        if (jump is { } moved)
        {
            SchedulerLog.ClockJumped(logger, moved.TotalSeconds);
            ClockJumped?.Invoke(moved);
        }
    }

    private void SayCrowded(TimeSpan steady)
    {
        var (_, under, waiting) = Load;
        if (waiting > 0 && steady - crowdedSaid > TimeSpan.FromSeconds(30))
        {
            crowdedSaid = steady;
            SchedulerLog.Crowded(logger, waiting, under);
        }
    }

    /// <summary>Back onto its grid. Rounds that went by while this process stood still are counted, not made up for.</summary>
    private void Reschedule(ScheduledCheck check, long tick)
    {
        var now = wheel.Now;
        check.Due = Spread.Next(now, check.Interval, Spread.Offset(check.Monitor.Id, vantage, check.Interval));
        wheel.Add(check, check.Due);
        if ((now - tick) / check.Interval is > 0 and var missed)
        {
            metrics.Overlapped(missed);
        }
    }

    private void CameDue(ScheduledCheck check, long tick)
    {
        if (check.WaitingSince is not null)
        {
            // The round before has not even begun; it stands for both, and its lateness says so.
            metrics.Overlapped(1);
            return;
        }

        check.WaitingSince = tick;
        if (!check.IsRunning)
        {
            crowd.Enqueue(check);
        }
    }

    /// <summary>
    /// Begins looks in the order in which they came due, while there is room. One caller at a time: a look that ends at
    /// once must not begin the next one from inside itself, however many are waiting.
    /// </summary>
    private void StartWaiting(CancellationToken cancellation)
    {
        lock (gate)
        {
            if (isStarting)
            {
                return;
            }

            isStarting = true;
        }

        while (TakeNext(cancellation) is { } check)
        {
            check.Look = LookAsync(check, cancellation);
        }
    }

    /// <summary>The next look to begin. Null ends the caller's turn, in the same breath in which nothing was found.</summary>
    private ScheduledCheck? TakeNext(CancellationToken cancellation)
    {
        lock (gate)
        {
            while (!cancellation.IsCancellationRequested && running < options.RunningMax && crowd.TryDequeue(out var check))
            {
                if (check.IsGone)
                {
                    continue;
                }

                var late = tools.Time.GetElapsedTime(start) - ((check.WaitingSince!.Value - wallTicks) * Tick);
                metrics.Began(late > TimeSpan.Zero ? late : TimeSpan.Zero);
                check.WaitingSince = null;
                check.IsRunning = true;
                running++;
                return check;
            }

            isStarting = false;
            return null;
        }
    }

    /// <summary>One look, from its start to its report. Never throws: there is nobody to catch it.</summary>
    private async Task LookAsync(ScheduledCheck check, CancellationToken cancellation)
    {
        var at = tools.Time.GetUtcNow();
        var began = tools.Time.GetElapsedTime(start);
        try
        {
            var finding = Weigh(await check.Probe.LookAsync(check.Monitor.Timeout, cancellation), began);
            metrics.Looked(check.Monitor.Check.Kind, finding);
            await ReportAsync(check, finding, at, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Candor stops; what was not seen to its end is not reported.
        }
        catch (Exception fault)
        {
            metrics.Defect();
            SchedulerLog.Defect(logger, check.Monitor.Id.Value, fault);
            await ReportDefectAsync(check, at, cancellation);
        }

        lock (gate)
        {
            running--;
            check.IsRunning = false;
            if (check.WaitingSince is not null && !check.IsGone)
            {
                crowd.Enqueue(check);
            }
        }

        StartWaiting(cancellation);
    }

    /// <summary>A look that failed while this process stood still says nothing about the service.</summary>
    private Finding Weigh(Finding finding, TimeSpan began)
    {
        if (finding.Reading is Reading.Good or Reading.None)
        {
            return finding;
        }

        TimeSpan still;
        lock (gate)
        {
            still = steadiness.StoodStill(began, tools.Time.GetElapsedTime(start));
        }

        return still > TimeSpan.Zero
            ? finding with { Reading = Reading.None, Reason = $"Candor itself stood still for {Explain.Seconds(still)}" }
            : finding;
    }

    private ValueTask ReportAsync(ScheduledCheck check, Finding finding, DateTimeOffset at, CancellationToken cancellation) =>
        check.IsGone
            ? ValueTask.CompletedTask
            : report(
                new(check.Monitor.Id, vantage, at, finding.Reading, finding.Reason, finding.Took)
                {
                    Phases = finding.Phases,
                    Measurements = finding.Measurements,
                },
                cancellation);

    private async Task ReportDefectAsync(ScheduledCheck check, DateTimeOffset at, CancellationToken cancellation)
    {
        try
        {
            await ReportAsync(check, Finding.None("Candor failed at looking; its log says why"), at, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            SchedulerLog.Defect(logger, check.Monitor.Id.Value, fault);
        }
        catch (OperationCanceledException)
        {
            // Candor stops.
        }
    }
}
