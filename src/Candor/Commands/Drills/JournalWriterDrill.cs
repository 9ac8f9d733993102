using System.CommandLine;
using System.Globalization;
using Candor.Effects;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Commands.Drills;

/// <summary>
/// Writes to a journal as fast as it goes and prints each acknowledgement, so that whoever kills it, fills its disk or
/// fails its flushes can compare what was acknowledged with what is there.
/// </summary>
internal static class JournalWriterDrill
{
    public static Command Create(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var writers = new Option<int>("--writers") { Description = "Writers at once.", DefaultValueFactory = _ => 20 };
        var commits = new Option<int>("--commits") { Description = "Commits by each writer.", DefaultValueFactory = _ => int.MaxValue };
        var command = new CandorCommand("journal-writer", "Write to a journal and print what was acknowledged.")
        {
            Hidden = true,
            Options = { data, writers, commits },
        };
        command.SetAction(async (parsed, stopping) =>
        {
            using var taken = FolderLock.Take(parsed.GetValue(data)!);
            return await WriteAsync(
                terminal,
                Path.Combine(parsed.GetValue(data)!, "journal.db"),
                parsed.GetValue(writers),
                parsed.GetValue(commits),
                stopping);
        });
        return command;
    }

    private static async Task<int> WriteAsync(
        Terminal terminal, string path, int writers, int commits, CancellationToken stopping)
    {
        var journal = new Journal<Numbering, Numbered>(
            async ct => await SqliteJournalStore.OpenAsync(path, ct),
            new NumberingFold(),
            null,
            terminal.Time,
            JournalLimits.Default,
            NullLogger.Instance);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var running = journal.RunAsync(ending.Token);
        await journal.WaitForOpenAsync(stopping);
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"open {journal.Position}"));
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => WriteAsync(terminal, journal, w, commits, stopping)));
        await ending.CancelAsync();
        await running;
        return Exit.Done;
    }

    private static async Task WriteAsync(
        Terminal terminal, Journal<Numbering, Numbered> journal, int writer, int commits, CancellationToken stopping)
    {
        for (var i = 0; i < commits && !stopping.IsCancellationRequested; i++)
        {
            var written = 0L;
            try
            {
                var outcome = await journal.CommitAsync(
                    state => [new Numbered(writer, written = state.LastOf(writer) + 1, terminal.Time.GetUtcNow())], stopping);
                Say(terminal, $"ack {writer} {written} {outcome.Position}");
            }
            catch (JournalFailedException fault)
            {
                Say(terminal, $"failed {writer} {written} {fault.Message}");
                await Task.Delay(TimeSpan.FromMilliseconds(20), terminal.Time, stopping);
            }
        }
    }

    private static void Say(Terminal terminal, FormattableString line)
    {
        // One write a line, so that a kill leaves no half of two lines mixed.
        lock (terminal)
        {
            terminal.Line(line.ToString(CultureInfo.InvariantCulture));
        }
    }
}
