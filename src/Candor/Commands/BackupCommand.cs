using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Candor.Attachments;
using Candor.Commands.Backups;

namespace Candor.Commands;

/// <summary><c>candor backup FILE</c>: everything that is kept, in one file, while Candor runs.</summary>
internal static class BackupCommand
{
    public static Command Create(Terminal terminal)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var file = new Argument<string>("file") { Description = "The backup to write; an older one of this name is replaced." };
        var command = new CandorCommand("backup", "Write everything that is kept into one file; Candor may run meanwhile.")
        {
            Arguments = { file },
            Options = { data, json },
            Examples =
            [
                ("candor backup /backups/candor.tar", "copies, then reads the copy back and checks it"),
                ("candor verify /backups/candor.tar", "checks it again, on the machine where it is kept"),
            ],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var target = parsed.GetValue(file)!;
            using var progress = terminal.Progress("Backing up");
            var manifest = await Backup.MakeAsync(
                parsed.GetValue(data)!, target, terminal.Time, new Relay(progress), stopping);
            terminal.Line(parsed.GetValue(json)
                ? JsonSerializer.Serialize(manifest, BackupJson.Default.BackupManifest)
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{target}: {manifest.Events:N0} events and {manifest.Files.Count} files, checked."));
            return Tell(terminal, manifest.Without);
        });
        return command;
    }

    /// <summary>Says what words name and the backup does not have.</summary>
    private static int Tell(Terminal terminal, IReadOnlyList<string>? without)
    {
        foreach (var one in without ?? [])
        {
            terminal.Fail(
                $"The backup is made without a file: {one}",
                $"Put it back into `{FileStore.FolderName}` of the data folder from an older backup, or take it away in the incident's room.");
        }

        return without is null ? Exit.Done : Exit.Incomplete;
    }
}
