using System.CommandLine;
using System.Net;
using Candor.Agents.Outpost;
using Candor.Commands.Posts;
using Candor.Effects;
using Candor.Watching;
using Microsoft.Extensions.Logging;

namespace Candor.Commands;

/// <summary><c>candor agent</c>: looks from here for a Candor that runs elsewhere.</summary>
internal static class AgentCommand
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SettledAfter = TimeSpan.FromMinutes(1);

    public static Command Create(Terminal terminal, IDisk disk, IRandomness randomness)
    {
        var server = new Option<string?>("--server") { Description = "The readers' address of the Candor that it looks for; once, with the code.", HelpName = "url" };
        var code = new Option<string?>("--code") { Description = "The code that `candor place add` printed; needed once.", HelpName = "code" };
        var data = new Option<string>("--data")
        {
            Description = "The folder for this agent's key and what it could not send yet.", HelpName = "folder", DefaultValueFactory = _ => "./agent",
        };
        var spool = new Option<int>("--spool") { Description = "How much it keeps while the server does not answer, in MiB; then the oldest goes.", HelpName = "MiB", DefaultValueFactory = _ => (int)(Spool.BytesMaxByDefault >> 20) };
        var publicOnly = new Option<bool>("--public-only") { Description = "Never look into private networks from here, whatever the server says." };
        var commands = new Option<bool>("--allow-commands") { Description = "Let monitors run programs of this machine (Nagios plugins)." };
        var rotate = new Option<bool>("--new-key") { Description = "Take a new key first; the one before is then good for nothing." };
        var format = new Option<string>("--log-format") { Description = "plain or json.", DefaultValueFactory = _ => "plain" };
        format.AcceptOnlyFromAmong("plain", "json");
        var verbose = new Option<bool>("--verbose") { Description = "Log every detail, with stack traces." };
        var command = new CandorCommand("agent", "Look from here for a Candor that runs elsewhere. Listens on nothing.")
        {
            Options = { server, code, data, spool, publicOnly, commands, rotate, format, verbose },
            Examples =
            [
                ("candor agent --server https://status.example.com --code cnd_agent_…", "the first time"),
                ("candor agent", "from then on"),
            ],
        };
        command.SetAction((parsed, stopping) => RunAsync(terminal, disk, randomness, new(
            parsed.GetValue(server), parsed.GetValue(code), Path.GetFullPath(parsed.GetValue(data)!), (long)Math.Clamp(parsed.GetValue(spool), 1, 1_000_000) << 20,
            parsed.GetValue(publicOnly), parsed.GetValue(commands), parsed.GetValue(rotate),
            new Logs(
                parsed.GetValue(verbose) ? LogLevel.Debug : LogLevel.Information, parsed.GetValue(format) == "json",
                terminal.Traits is { Colours: true, ErrorIsTerminal: true })), stopping));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, IDisk disk, IRandomness randomness, AgentOrder order, CancellationToken stopping)
    {
        LibC.KeepFilesPrivate();
        ProcessMemory.ShareNativeHeaps();
        SocketThreads.FinishInPlace();
        using var folder = Take(order.Folder);
        using var logs = LoggerFactory.Create(logging => order.Logs.AddTo(logging, terminal.Time));
        var names = new SystemNames(terminal.Time);

        // The way to the core is its owner's word, wherever that is; what is probed is judged by the guard of its own.
        using var http = OutboundHttp.Client(new Egress(names.Rules(PostAccess.Nearby), names.Files, randomness, terminal.Time), AnswersWithin);
        var letIn = new Joining(disk, Path.Combine(order.Folder, Identity.FileName), server => new(http, server));
        var (identity, line) = await letIn.AsAsync(order.Server, order.Code, order.NewKey, stopping);
        terminal.Line($"Candor looks from here as “{identity.Place}” for {identity.Server}");
        var egress = new Egress(names.Rules([]), names.Files, randomness, terminal.Time);
        using var post = new Post(
            identity, line, new(disk, Path.Combine(order.Folder, "spool"), order.SpoolBytes),
            new(disk, Path.Combine(order.Folder, PlanFile.FileName), identity),
            new(terminal.Time, randomness, egress)
            {
                Version = VersionCommand.Current.Number,
                Processes = order.AllowCommands ? new SystemProcesses(terminal.Time) : null,
                Names = names.Files,
                Gateways = static () => SystemNames.Gateways(),
                PublicOnly = order.PublicOnly,
                Allow = networks => egress.Rules = names.Rules([.. networks.Select(IPNetwork.Parse)]),
            },
            logs);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var settling = SettleAsync(terminal.Time, ended.Token);
        var left = await post.RunAsync(stopping);
        await ended.CancelAsync();
        await settling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return left is { } last
            ? throw new CommandFault(last.Sentence, "`candor place add NAME` at the server makes a code; move this agent's folder away and start it with that.")
            : Exit.Done;
    }

    /// <summary>Once everything has been looked at, what only the start needed is given back.</summary>
    private static async Task SettleAsync(TimeProvider time, CancellationToken stopping)
    {
        await Task.Delay(SettledAfter, time, stopping);
        ProcessMemory.GiveBack();
    }

    private static FolderLock Take(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            return FolderLock.Take(folder);
        }
        catch (FolderInUseException fault)
        {
            throw new CommandFault(fault.Message, "Each agent has a folder of its own; name another with --data.");
        }
    }

    private sealed record AgentOrder(
        string? Server, string? Code, string Folder, long SpoolBytes, bool PublicOnly, bool AllowCommands, bool NewKey, Logs Logs);
}
