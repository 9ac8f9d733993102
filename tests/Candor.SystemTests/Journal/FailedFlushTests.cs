using System.Globalization;

namespace Candor.SystemTests.Journal;

/// <summary>strace makes the n-th flush fail inside the real executable.</summary>
public sealed class FailedFlushTests
{
    private const string Log = "journal.db-wal>";

    public static bool NoStrace => Repository.Find("strace") is null;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>1 to 200 for the promise in full: CANDOR_FLUSHES=all.</summary>
    public static TheoryData<string, int> Failing
    {
        get
        {
            var all = Environment.GetEnvironmentVariable("CANDOR_FLUSHES") == "all";
            var numbers = all ? Enumerable.Range(1, 200) : [1, 2, 3, 5, 9, 40];
            return new(numbers.SelectMany(static n => ((string, int)[])[("EIO", n), ("ENOSPC", n)]));
        }
    }

    [Theory(Skip = "needs strace", SkipWhen = nameof(NoStrace))]
    [MemberData(nameof(Failing))]
    public async Task P_05_A_failed_flush_is_never_acknowledged(string error, int nth)
    {
        var folder = Directory.CreateTempSubdirectory("candor-flush-").FullName;
        var trace = Path.Combine(folder, "trace");
        await using (var writer = JournalWriter.Start(
            Path.Combine(folder, "data"), writers: 1, commits: nth + 60, Strace(trace, $"fsync,fdatasync:error={error}:when={nth}+")))
        {
            // From the n-th flush on every flush fails: the one writer is told so again and again and ends.
            await Task.WhenAny(writer.EndAsync(), FailuresAsync(writer, 5));
            await writer.KillAsync();

            // With one writer the order is strict: commit, acknowledge, next commit.
            var lines = await File.ReadAllLinesAsync(trace, Ct);
            Assert.True(lines.Any(line => line.Contains($"<{folder}/", StringComparison.Ordinal)), "strace does not name files; nothing is proved.");
            Assert.True(lines.Any(IsInjected), $"flush {nth} was never reached; {writer.Acks.Count} acks\n{writer.Errors}");
            Assert.Empty(AcknowledgedUnflushed(lines));
            var stored = await StoredNumbers.ReadAsync(Path.Combine(folder, "data"), Ct);
            Assert.Empty(StoredNumbers.Lost(stored, writer.Acks));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact(Skip = "needs strace", SkipWhen = nameof(NoStrace))]
    public async Task P_05_After_a_failed_flush_the_journal_opens_again_by_itself_and_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("candor-flush-").FullName;
        var data = Path.Combine(folder, "data");
        await using (var writer = JournalWriter.Start(
            data, writers: 5, commits: 200, Strace(Path.Combine(folder, "trace"), "fsync,fdatasync:error=EIO:when=60")))
        {
            Assert.Equal(0, await writer.EndAsync().WaitAsync(TimeSpan.FromSeconds(60), Ct));

            Assert.NotEmpty(writer.Failures);
            // Sixty flushes acknowledge 300 events at most; whatever is more came after the journal had opened again.
            Assert.True(writer.Acks.Count > 300, $"{writer.Acks.Count} acks, {writer.Failures.Count} failures");
            var stored = await StoredNumbers.ReadAsync(data, Ct);
            Assert.Empty(StoredNumbers.Lost(stored, writer.Acks));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static bool IsInjected(string line) => line.Contains("(INJECTED)", StringComparison.Ordinal);

    /// <summary>
    /// Acknowledgements of what had been written to the log and not been flushed since. Other flushes may fail meanwhile and
    /// take nothing from it: a checkpoint in an idle moment, for one, while the acknowledgement is on its way.
    /// </summary>
    private static List<string> AcknowledgedUnflushed(string[] lines)
    {
        var (written, flushing, found) = (false, "", new List<string>());
        foreach (var line in lines)
        {
            var thread = line.Split(' ')[0];
            if (line.Contains(Log, StringComparison.Ordinal))
            {
                flushing = line.Contains("sync(", StringComparison.Ordinal) ? thread : flushing;
                written |= line.Contains("write64(", StringComparison.Ordinal);
            }

            // Where another thread came between, the end of a call is a line of its own, without the name of the file.
            if (thread == flushing && line.Contains("sync", StringComparison.Ordinal) && !line.EndsWith("unfinished ...>", StringComparison.Ordinal))
            {
                flushing = "";
                written &= !line.EndsWith("= 0", StringComparison.Ordinal);
            }
            else if (written && line.Contains("\"ack ", StringComparison.Ordinal))
            {
                found.Add(line);
            }
        }

        return found;
    }

    private static string[] Strace(string trace, string inject) =>
    [
        Repository.Find("strace")!, "-f", "-qq", "-y", "--seccomp-bpf", "-o", trace, "-s", "24",
        "-e", "trace=fsync,fdatasync,write,pwrite64", "-e", string.Create(CultureInfo.InvariantCulture, $"inject={inject}"),
    ];

    private static async Task FailuresAsync(JournalWriter writer, int count)
    {
        while (writer.Failures.Count < count)
        {
            await Task.Delay(20, Ct);
        }
    }
}
