using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Candor.Effects;
using Candor.Probing.Heartbeat;
using Candor.Settings;

namespace Candor.Commands;

/// <summary><c>candor heartbeats</c>: where each job has to call. The addresses are secrets, so no page or log shows them.</summary>
internal static class HeartbeatsCommand
{
    private const string Kind = "heartbeat";

    public static Command Create(Terminal terminal, IDisk disk, IReadOnlyList<ICheckReader> checks)
    {
        var (file, data, json) = (CommonOptions.File(), CommonOptions.Data(), CommonOptions.Json());
        var command = new CandorCommand("heartbeats", "Show the address that each heartbeat has to be sent to.")
        {
            Options = { file, data, json },
            Examples =
            [
                ("candor heartbeats -f candor.yaml", "every job with its address"),
                ("candor heartbeats --json | jq -r '.[0].url'", "the first address, for a script"),
            ],
        };
        command.SetAction(parsed =>
        {
            var (path, folder) = (parsed.GetValue(file)!, parsed.GetValue(data)!);
            var found = Find(terminal, disk, new SettingsReader(checks), path, folder);
            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(found, HeartbeatAddressJson.Default.ImmutableArrayHeartbeatAddress));
            }
            else
            {
                Tell(terminal, found, path);
            }

            return Exit.Done;
        });
        return command;
    }

    private static ImmutableArray<HeartbeatAddress> Find(
        Terminal terminal, IDisk disk, SettingsReader reader, string path, string folder)
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
            .. declaration.Monitors.Where(m => m.Check.Kind == Kind)
                .Select(m => new HeartbeatAddress(m.Id.Value, $"{root}/heartbeat/{tokens.For(m.Id)}")),
        ];
    }

    private static void Tell(Terminal terminal, ImmutableArray<HeartbeatAddress> found, string path)
    {
        if (found.IsEmpty)
        {
            terminal.Line($"{path} has no monitor with “heartbeat:”.");
            return;
        }

        var column = found.Max(f => f.Monitor.Length);
        foreach (var (monitor, url) in found)
        {
            terminal.Line($"{monitor.PadRight(column)}  {terminal.Paint(Ink.Strong, url)}");
        }

        terminal.Line();
        terminal.Line("Call it when the job has ended well, by GET or POST. Behind it, /start says that the job began, /fail that it");
        terminal.Line("failed, and /0 to /255 what it ended with: curl -fsS --retry 3 ADDRESS/$?");
        terminal.Line("Whoever knows an address can say that the job ran: keep it like a password.");
    }
}

internal sealed record HeartbeatAddress(string Monitor, string Url);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ImmutableArray<HeartbeatAddress>))]
internal sealed partial class HeartbeatAddressJson : JsonSerializerContext;
