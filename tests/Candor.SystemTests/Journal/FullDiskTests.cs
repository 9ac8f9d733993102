using System.Diagnostics;
using Candor.Commands.Drills;
using Candor.Effects;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.SystemTests.Journal;

/// <summary>A real file system of 32 MiB, filled to the last byte.</summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("candor-full-").FullName;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> running = [];
    private bool mounted;

    public static bool CannotMount => Environment.UserName != "root" || Repository.Find("mount") is null;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Filler => Path.Combine(folder, "filler");

    [Fact(Skip = "needs root, to mount a file system of 32 MiB", SkipWhen = nameof(CannotMount))]
    public async Task P_06_A_full_disk_does_not_blind_or_lie()
    {
        var journal = await OpenAsync();
        await AddAsync(journal, CommitClass.Ordinary);
        Fill();

        // Machines are refused at once, with a sentence; what is known stays readable.
        var clock = Stopwatch.StartNew();
        var refused = await AddAsync(journal, CommitClass.Ordinary);
        Assert.Equal("disk_full", refused.Refusal?.Code);
        Assert.True(clock.ElapsedMilliseconds <= 100, $"refused after {clock.ElapsedMilliseconds} ms");
        Assert.Equal(1, journal.State.LastOf(1));

        // People post fifty times, while the neighbour takes every byte that is given back.
        for (var post = 0; post < 50; post++)
        {
            Fill();
            Assert.Null((await AddAsync(journal, CommitClass.Essential)).Refusal);
        }

        // Room again: nothing is restarted.
        File.Delete(Filler);
        clock.Restart();
        while ((await AddAsync(journal, CommitClass.Ordinary)).Refusal is not null)
        {
            await Task.Delay(20, Ct);
        }

        Assert.True(clock.Elapsed <= TimeSpan.FromSeconds(5), $"recovered after {clock.Elapsed}");
        await Patience.UntilAsync(
            () => Task.FromResult(Directory.GetFiles(Path.Combine(folder, "reserve")).Length == Reserve.Slices),
            TimeSpan.FromSeconds(30),
            () => "the reserve is not whole again",
            Ct);
        await StopAsync();
        Assert.Equal(52, (await StoredNumbers.ReadAsync(folder, Ct)).Count);
    }

    [Fact(Skip = "needs root, to mount a file system of 32 MiB", SkipWhen = nameof(CannotMount))]
    public async Task P_06_A_write_that_meets_a_full_disk_all_the_same_is_reported_and_the_journal_opens_again()
    {
        var journal = await OpenAsync(admit: false);
        await AddAsync(journal, CommitClass.Ordinary);
        Fill();

        var failures = 0;
        for (var attempt = 0; attempt < 400 && failures == 0; attempt++)
        {
            Fill();
            try
            {
                await AddAsync(journal, CommitClass.Ordinary);
            }
            catch (JournalFailedException)
            {
                failures++;
            }
        }

        Assert.Equal(1, failures);
        var known = journal.State.LastOf(1);
        File.Delete(Filler);
        await Patience.UntilAsync(
            () => Task.FromResult(journal.Condition.Phase == JournalPhase.Running),
            TimeSpan.FromSeconds(20),
            () => $"{journal.Condition}",
            Ct);
        Assert.Null((await AddAsync(journal, CommitClass.Ordinary)).Refusal);
        Assert.InRange(journal.State.LastOf(1), known + 1, known + 2);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stopping.Dispose();
        if (mounted)
        {
            await RunAsync("umount", folder);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static ValueTask<CommitOutcome> AddAsync(Journal<Numbering, Numbered> journal, CommitClass commitClass) =>
        journal.CommitAsync(
            state => [new Numbered(1, state.LastOf(1) + 1, TimeProvider.System.GetUtcNow())], commitClass, Ct);

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(command[0], command[1..]);
        await process.WaitForExitAsync(Ct);
        Assert.Equal(0, process.ExitCode);
    }

    private async Task<Journal<Numbering, Numbered>> OpenAsync(bool admit = true)
    {
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", folder);
        mounted = true;
        var disk = new SystemDisk();
        var path = Path.Combine(folder, "journal.db");
        var reserve = new Reserve(disk, Path.Combine(folder, "reserve"), TimeProvider.System, NullLogger.Instance);
        while (disk.List(Path.Combine(folder, "reserve")).Count < Reserve.Slices)
        {
            reserve.Refill();
        }

        var journal = new Journal<Numbering, Numbered>(
            async ct =>
            {
                reserve.MakeRoomFor(disk.Stat(path + "-wal")?.Bytes ?? 0);
                return await SqliteJournalStore.OpenAsync(path, ct);
            },
            new NumberingFold(),
            null,
            TimeProvider.System,
            JournalLimits.Default,
            NullLogger.Instance)
        {
            Admission = admit ? reserve.Admit : static _ => null,
        };
        running.Add(journal.RunAsync(stopping.Token));
        running.Add(reserve.RunAsync(stopping.Token));
        await journal.WaitForOpenAsync(Ct);
        return journal;
    }

    /// <summary>Takes every byte that is free, as a log that grows without end would.</summary>
    private void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        foreach (var piece in (int[])[1024 * 1024, 64 * 1024, 4096])
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[piece]);
                }
            }
            catch (IOException)
            {
                // Full at this size; the next takes smaller pieces.
            }
        }
    }

    private async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running);
    }
}
