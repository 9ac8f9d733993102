using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using System.Text.Json;
using Candor.Effects;
using Candor.Judging;
using Candor.Probing;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Commands.Probes;

/// <summary><c>candor check http https://example.com expect.status=200</c>, and the same for every kind of check.</summary>
internal static class ProbeCommands
{
    // Heartbeats and alerts are told, not asked: there is nothing to look at once.
    private static readonly string[] Told = ["heartbeat", "alert"];

    private static readonly Dictionary<string, (string Target, string Example, string Does)> Known = new(StringComparer.Ordinal)
    {
        ["http"] = ("url", "https://example.com expect.status=200-299 expect.within=2s", "one request with its phases"),
        ["write_read"] = ("url", "https://example.com/candor-note read.json=note send='{\"note\": \"{value}\"}'", "writes a fresh value and reads it back"),
        ["tcp"] = ("host:port", "mail.example.com:25", "whether a port is open"),
        ["tls"] = ("host:port", "example.com:443 warn=30d", "the handshake and the days left"),
        ["dns"] = ("name", "example.com type=MX server=9.9.9.9", "what a server answers"),
        ["icmp"] = ("host", "example.com packets=5", "whether a host answers pings"),
        ["smtp"] = ("host:port", "mx.example.com:25 starttls=required", "greeting and STARTTLS; no mail is sent"),
        ["postgres"] = ("host:port", "db.example.com:5432 database=orders", "whether it takes connections; nobody logs in"),
        ["rabbitmq"] = ("url", "http://10.0.0.12:15672 queue=orders depth_below=1000", "a queue: how deep and how old"),
        ["command"] = ("program", "/usr/lib/nagios/plugins/check_load -- -w 4 -c 8", "one Nagios plugin"),
        ["self"] = ("disk|names", "names", "what Candor stands on"),
    };

    public static IReadOnlyList<Command> All(Terminal terminal, IReadOnlyList<ICheckKind> kinds) =>
        [.. kinds.Where(kind => !Told.Contains(kind.Key)).Select(kind => Create(terminal, kind))];

    private static CandorCommand Create(Terminal terminal, ICheckKind kind)
    {
        var words = Known.GetValueOrDefault(kind.Key, ("target", "", ""));
        var target = new Argument<string>(words.Item1) { Description = "What to look at, as in the settings." };
        var more = new Argument<string[]>("settings")
        {
            Description = kind.Key == "command" ? "The program's arguments, after --." : "Further settings as key=value: expect.status=200.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var timeout = new Option<string>("--timeout") { Description = "How long it may take.", HelpName = "duration", DefaultValueFactory = _ => "10s" };
        var allow = new Option<string[]>("--allow")
        {
            Description = "A private network that may be contacted, such as 10.0.0.0/8.",
            HelpName = "network",
            AllowMultipleArgumentsPerToken = false,
        };
        var json = CommonOptions.Json();
        var command = new CandorCommand(kind.Key, words.Item3.Length == 0 ? "One look." : $"{char.ToUpperInvariant(words.Item3[0])}{words.Item3[1..]}.")
        {
            Arguments = { target, more },
            Options = { timeout, allow, json },
            Examples = words.Item2.Length == 0 ? [] : [($"candor check {kind.Key} {words.Item2}", words.Item3)],
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var check = Read(kind, ProbeWords.ToEntry(kind.Key, parsed.GetValue(target)!, parsed.GetValue(more) ?? []));
            var tools = Tools(terminal, [.. (parsed.GetValue(allow) ?? []).Select(Network)]);
            var patience = Duration(parsed.GetValue(timeout)!);
            var finding = await tools.Open(check, tools).LookAsync(patience, cancellation);
            return Tell(terminal, check, finding, parsed.GetValue(json));
        });
        return command;
    }

    private static Check Read(ICheckKind kind, Entry entry)
    {
        var faults = new Faults();
        var check = kind.Read(entry, faults);
        entry.RefuseUnknown(faults);
        return check is not null && !faults.Any
            ? check
            : throw new CommandFault(
                string.Join(" ", faults.Sorted().Select(f => $"{f.Path} {f.What}: {f.Remedy.TrimEnd('.')}{(f.Remedy.EndsWith('?') ? "" : ".")}")),
                $"`candor check {kind.Key} --help` shows an example.",
                Exit.WrongUsage);
    }

    private static ProbeTools Tools(Terminal terminal, ImmutableArray<IPNetwork> allow)
    {
        var names = new SystemNames(terminal.Time);
        var randomness = new SystemRandomness();
        return new(new Egress(names.Rules(allow), names.Files, randomness, terminal.Time), terminal.Time, randomness)
        {
            Names = names.Files,
            Secrets = Environment.GetEnvironmentVariable,
            Processes = new SystemProcesses(terminal.Time),
            Self = new() { Disk = () => (new DriveInfo(Environment.CurrentDirectory).AvailableFreeSpace, new DriveInfo(Environment.CurrentDirectory).TotalSize) },
        };
    }

    private static int Tell(Terminal terminal, Check check, Finding finding, bool json)
    {
        if (json)
        {
            terminal.Line(JsonSerializer.Serialize(ProbeReport.Of(check, finding), ProbeJson.Readable));
        }
        else
        {
            ProbeTimeline.Draw(terminal, check, finding);
        }

        return finding.Reading switch
        {
            Reading.Good or Reading.Slow => Exit.Done,
            Reading.Bad => throw new CommandFault($"{check.Target}: {finding.Reason}.", Next(check)),
            _ => throw new CommandFault($"This says nothing about {check.Target}: {finding.Reason}.", NextOfOurs(finding)),
        };
    }

    private static string Next(Check check) => check.Kind switch
    {
        "http" or "tcp" or "smtp" => "Look at the phase where it stopped; `candor check dns` and `candor check tls` look closer.",
        "write_read" => "Its phases and words say which half failed; `candor check http` reads the same address by itself.",
        "tls" => "Look at the certificate that the server sends, and at the name that it is for.",
        _ => "Try it again with a longer --timeout, or from another machine.",
    };

    private static string NextOfOurs(Finding finding) => finding.Reason.Contains("egress.allow", StringComparison.Ordinal)
        ? "For this one look, add --allow NETWORK."
        : "Mend this machine first; `candor doctor` looks at the usual causes.";

    private static IPNetwork Network(string text) => Cidrs.Read(text, out var network) is { } remedy
        ? throw new CommandFault($"“{text}” is not a network.", $"For --allow, {remedy}.", Exit.WrongUsage)
        : network;

    private static TimeSpan Duration(string text) =>
        Durations.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10))(text, out var value) is { } remedy
            ? throw new CommandFault($"“{text}” is not a timeout.", $"For --timeout, {remedy}.", Exit.WrongUsage)
            : value;
}
