using System.CommandLine;
using System.Globalization;
using Candor.Commands.Backups;

namespace Candor.Commands;

/// <summary><c>candor restore FILE</c>: puts a backup in place, after checking every event of it.</summary>
internal static class RestoreCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var file = new Argument<string>("file") { Description = "A file that `candor backup` has written." };
        var overwrite = new Option<bool>("--overwrite")
        {
            Description = "Also where the data folder is not empty; what is there is moved aside, not deleted.",
        };
        var command = new CandorCommand("restore", "Put a backup in place. Candor must not run in that folder meanwhile.")
        {
            Arguments = { file },
            Options = { data, overwrite },
            Examples =
            [
                ("candor restore /backups/candor.tar --data ./data", "into a new folder"),
                ("candor restore /backups/candor.tar --overwrite", "in place of what is there"),
            ],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            using var progress = terminal.Progress("Restoring");
            var report = await Restore.RunAsync(
                parsed.GetValue(file)!,
                parsed.GetValue(data)!,
                parsed.GetValue(overwrite),
                terminal.Time,
                new Relay(progress),
                stopping);
            terminal.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Events:N0} events of {report.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC are in place, every one checked."));
            if (report.MovedAside is { } aside)
            {
                terminal.Line($"What had been there is in {aside}; the keys of this installation have stayed where they were.");
            }

            if (!report.Missing.IsEmpty)
            {
                terminal.Line("Not here, and in no backup. Put them back from your copies before the first start; with new ones:");
                foreach (var key in report.Missing)
                {
                    terminal.Line($"  {key.Name,-16} {key.Without}");
                }
            }

            return Exit.Done;
        });
        return command;
    }
}
