using System.CommandLine;
using Candor.Effects;
using Candor.Settings;

namespace Candor.Commands;

/// <summary><c>candor check</c>: the settings by themselves, or one probe of whatever kind with its phases.</summary>
internal static class CheckCommand
{
    public static Command Create(
        Terminal terminal, IDisk disk, IReadOnlyList<ICheckReader> checks, params IReadOnlyList<Command> probes)
    {
        var (file, json) = (CommonOptions.File(), CommonOptions.Json());
        var command = new CandorCommand("check", "Check the settings without changing anything, or probe something once.")
        {
            Options = { file, json },
            Examples =
            [
                ("candor check -f candor.yaml", "every fault at once, with its line and what to write instead"),
                ("candor check http https://example.com", "one probe, with its phases"),
            ],
        };
        foreach (var probe in probes)
        {
            command.Subcommands.Add(probe);
        }

        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            return CheckSettings.Run(
                terminal, new SettingsReader(checks), (path, SettingsFile.Load(disk, path)), parsed.GetValue(json));
        });
        return command;
    }
}
