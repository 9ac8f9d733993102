using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Candor.Attachments;
using Candor.Commands.Backups;
using Candor.Journal.Sqlite;

namespace Candor.Commands;

/// <summary><c>candor verify</c>: walks the journal's chain, or a backup's, and names the first event that is broken.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var file = new Argument<string?>("backup")
        {
            Description = "A backup to check instead of the data folder.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new CandorCommand("verify", "Check every event of the journal and every file of its words; Candor may run meanwhile.")
        {
            Arguments = { file },
            Options = { data, json },
            Examples = [("candor verify", "the journal in ./data"), ("candor verify /backups/candor.tar", "a backup")],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            using var progress = terminal.Progress("Checking");
            var report = parsed.GetValue(file) is { } archive
                ? await OfBackupAsync(archive, terminal.Time, new Relay(progress), stopping)
                : OfFolder(parsed.GetValue(data)!, terminal.Time, new Relay(progress), stopping);
            return Tell(terminal, report, parsed.GetValue(json));
        });
        return command;
    }

    private static JournalReport OfFolder(string data, TimeProvider time, Relay progress, CancellationToken stopping)
    {
        var journal = Path.Combine(data, Backup.JournalName);
        return File.Exists(journal)
            ? WithFiles(JournalCheck.Walk(journal, progress, stopping), data, Path.Combine(data, FileStore.FolderName), time)
            : throw new CommandFault($"There is no journal in '{data}'.", "Name Candor's data folder with --data.");
    }

    private static async Task<JournalReport> OfBackupAsync(string archive, TimeProvider time, Relay progress, CancellationToken stopping)
    {
        var folder = Directory.CreateTempSubdirectory("candor-verify-").FullName;
        try
        {
            await BackupArchive.ReadAsync(archive, folder, progress, stopping);
            return WithFiles(JournalCheck.Walk(Path.Combine(folder, Backup.JournalName), progress, stopping), folder, folder, time);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Where every event is sound: whether every file that words name is there and whole.</summary>
    private static JournalReport WithFiles(JournalReport report, string folder, string files, TimeProvider time) =>
        report.Fault is null && FileCheck.Of(OfflineJournal.Read(folder, time), files) is { } fault
            ? report with { Fault = fault, Remedy = $"Put it back into `{FileStore.FolderName}` of the data folder from a backup, or take it away in the incident's room." }
            : report;

    private static int Tell(Terminal terminal, JournalReport report, bool json)
    {
        if (json)
        {
            terminal.Line(JsonSerializer.Serialize(report, CommandJson.Readable.JournalReport));
        }
        else if (report.Fault is null)
        {
            terminal.Line(string.Create(
                CultureInfo.InvariantCulture, $"{report.Events:N0} events, every one genuine. The last is sealed by {report.Head}."));
        }

        if (report.Fault is not null)
        {
            var place = report.BrokenAt is { } broken
                ? string.Create(CultureInfo.InvariantCulture, $"Event {broken} is the first that is not sound: ")
                : "Every event is genuine, but ";
            terminal.Fail(place + report.Fault, report.Remedy!);
        }

        return report.Fault is null ? Exit.Done : Exit.Failed;
    }
}
