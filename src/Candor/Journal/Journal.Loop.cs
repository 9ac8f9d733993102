namespace Candor.Journal;

/// <summary>The committer's loop: open, read back, commit, and on failure again from the start.</summary>
internal sealed partial class Journal<TState, TEvent>
{
    /// <summary>Runs until stopped. Never ends by a fault of the store: it reports, pauses and opens again.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var (pause, hasFailed) = (limits.ReopenFirst, false);
        try
        {
            while (true)
            {
                try
                {
                    await using var opened = await open(stopping);
                    await RecoverAsync(opened, stopping);
                    if (hasFailed)
                    {
                        // Else it would be called well between two failures, as long as nobody has anything to store.
                        await opened.ProveAsync(stopping);
                    }

                    pause = limits.ReopenFirst;
                    await CommitLoopAsync(opened, stopping);
                }
                catch (Exception fault) when (!stopping.IsCancellationRequested)
                {
                    Fail(fault);
                    hasFailed = true;
                }

                await Task.Delay(pause, time, stopping);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, limits.ReopenLongest.Ticks));
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Whatever failed while we were stopping: its callers were told, and the next start recovers.
            JournalLog.Closed(logger, current.Position.Value);
        }
        finally
        {
            Become(JournalCondition.Closed);
            FailWaiting();
        }
    }

    private async Task CommitLoopAsync(IJournalStore opened, CancellationToken stopping)
    {
        var commands = new List<WaitingCommand<TState, TEvent>>();
        store = opened;
        reported = null;
        Become(JournalCondition.Running);
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stopping))
            {
                commands.Clear();
                await CommitWaitingAsync(opened, commands, stopping);
            }
        }
        catch (Exception fault)
        {
            // First the condition, so that nobody queues behind us; then everyone who waits is told.
            Become(stopping.IsCancellationRequested ? JournalCondition.Closed : Failing(fault));
            var told = fault as JournalFailedException ?? new JournalFailedException(
                $"The journal stopped before the commit was durable: {fault.Message}", fault);
            commands.ForEach(c => c.Fail(told));
            throw;
        }
        finally
        {
            store = null;
        }
    }

    /// <summary>Takes what waits, decides, appends, publishes, answers. Another writer's commit makes it decide again.</summary>
    private async Task CommitWaitingAsync(
        IJournalStore opened, List<WaitingCommand<TState, TEvent>> commands, CancellationToken stopping)
    {
        for (var attempt = 1; ; attempt++)
        {
            var batch = new Batch<TState, TEvent>(folding, current, time.GetUtcNow());
            foreach (var command in commands.Where(static c => c.StillWaiting()))
            {
                batch.Add(command, Admission(command.Class));
            }

            while (batch.Events.Count < limits.BatchEventsMax && waiting.Reader.TryRead(out var command))
            {
                if (command.StillWaiting())
                {
                    commands.Add(command);
                    batch.Add(command, Admission(command.Class));
                }
            }

            try
            {
                await AppendAsync(opened, batch, commands.Exists(static c => c.Proves), stopping);
                commands.ForEach(static c => c.Complete());
                return;
            }
            catch (ExpectedPositionException fault) when (attempt < limits.AttemptsMax)
            {
                JournalLog.Conflict(logger, fault.Expected.Value, fault.Actual.Value, attempt);
                await ReplayAsync(opened, current, stopping);
            }
            catch (ExpectedPositionException fault)
            {
                commands.ForEach(c => c.Fail(fault));
                await ReplayAsync(opened, current, stopping);
                return;
            }
        }
    }

    private async Task AppendAsync(IJournalStore opened, Batch<TState, TEvent> batch, bool proves, CancellationToken stopping)
    {
        if (batch.Events.Count > 0)
        {
            var stored = await opened.AppendAsync(current.Position, batch.Events, batch.CommittedAt, stopping);
            Publish(new(batch.State, stored[^1].Position, stored[^1].Hash));
        }
        else if (proves)
        {
            await opened.ProveAsync(stopping);
        }
    }

    private static JournalCondition Failing(Exception fault) => new(
        fault is JournalCorruptException ? JournalPhase.Corrupt : JournalPhase.Failed, fault.Message);

    private void Fail(Exception fault)
    {
        var failing = Failing(fault);
        if (reported != failing)
        {
            // The same fault at every attempt to open is one line, not one each second.
            reported = failing;
            if (failing.Phase == JournalPhase.Corrupt)
            {
                JournalLog.Corrupt(logger, fault);
            }
            else
            {
                JournalLog.Failed(logger, fault);
            }
        }

        Become(failing);
        FailWaiting();
    }

    private void FailWaiting()
    {
        while (waiting.Reader.TryRead(out var command))
        {
            command.Fail(NotRunning());
        }
    }
}
