using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Candor.Effects;
using Candor.Probing.Heartbeat;
using Candor.Settings;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Commands;

/// <summary><c>candor alerts</c>: where each tool has to send its alerts. The addresses are secrets, so no page or log shows them.</summary>
internal static class AlertsCommand
{
    public static Command Create(Terminal terminal, IDisk disk, IReadOnlyList<ICheckReader> checks)
    {
        var (file, data, json) = (CommonOptions.File(), CommonOptions.Data(), CommonOptions.Json());
        var command = new CandorCommand("alerts", "Show the address that each alerting tool has to send to.")
        {
            Options = { file, data, json },
            Examples =
            [
                ("candor alerts -f candor.yaml", "every tool with its address"),
                ("candor alerts --json | jq -r '.[0].url'", "the first address, for a script"),
            ],
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var found = Find(terminal, disk, new SettingsReader(checks), path, parsed.GetValue(data)!);
            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(found, AlertAddressJson.Default.ImmutableArrayAlertAddress));
            }
            else
            {
                Tell(terminal, found, path);
            }

            return Exit.Done;
        });
        return command;
    }

    private static ImmutableArray<AlertAddress> Find(Terminal terminal, IDisk disk, SettingsReader reader, string path, string folder)
    {
        var bytes = SettingsFile.Load(disk, path);
        var answer = reader.Read(bytes);
        if (answer.Declaration is not { } declaration)
        {
            SettingsFile.Explain(terminal, bytes, answer.Faults);
            throw SettingsFile.Refused(path, answer.Faults);
        }

        var tokens = HeartbeatTokens.Find(disk, Path.Combine(folder, HeartbeatTokens.FileName)) ?? throw new CommandFault(
            $"{folder} has no {HeartbeatTokens.FileName} yet, from which the addresses are made.",
            "Start `candor serve` once with this folder, or name another one with --data.");
        var root = (declaration.Page.Url ?? "http://127.0.0.1:8080").TrimEnd('/');
        return
        [
            .. declaration.Policy.AlertSources.Select(source =>
                new AlertAddress(Word(source.Tool), $"{root}/alerts/{Word(source.Tool)}/{tokens.ForAlerts(source.Tool)}")),
        ];
    }

    private static string Word(AlertTool tool) => tool.ToString().ToLowerInvariant();

    private static void Tell(Terminal terminal, ImmutableArray<AlertAddress> found, string path)
    {
        if (found.IsEmpty)
        {
            terminal.Line($"{path} lets no tool in; add “alerts: {{ alertmanager: {{}} }}”.");
            return;
        }

        var column = found.Max(static one => one.Tool.Length);
        foreach (var (tool, url) in found)
        {
            terminal.Line($"{tool.PadRight(column)}  {terminal.Paint(Ink.Strong, url)}");
        }

        terminal.Line();
        terminal.Line("Whoever knows an address can say that something is down, or well again: keep it like a password.");
    }
}

internal sealed record AlertAddress(string Tool, string Url);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ImmutableArray<AlertAddress>))]
internal sealed partial class AlertAddressJson : JsonSerializerContext;
