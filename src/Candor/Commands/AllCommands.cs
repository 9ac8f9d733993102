using Candor.Commands.Drills;
using Candor.Commands.Imports;
using Candor.Commands.Mails;
using Candor.Commands.Probes;
using Candor.Effects;
using Candor.Probing;

namespace Candor.Commands;

/// <summary>What `candor` can be told to do. A new command is a file and a line here, where help shall list it: first what everybody needs first.</summary>
internal static class AllCommands
{
    public static IReadOnlyList<NamedCommand> Of(Terminal terminal) =>
        Of(terminal, new SystemDisk(), new SystemRandomness(), Environment.GetEnvironmentVariable);

    private static IReadOnlyList<NamedCommand> Of(
        Terminal terminal, IDisk disk, IRandomness randomness, Func<string, string?> environment) =>
    [
        new("serve", () => ServeCommand.Create(terminal)),
        new("check", () => CheckCommand.Create(
            terminal, disk, CheckKinds.All,
            [
                .. ProbeCommands.All(terminal, CheckKinds.All),
                MailCheck.Create(terminal, disk, randomness, CheckKinds.All, environment),
            ])),
        new("apply", () => ApplyCommand.Create(terminal, disk, CheckKinds.All)),
        new("doctor", () => DoctorCommand.Create(terminal)),
        new("post", () => PostCommand.Create(terminal, disk, randomness, environment)),
        new("people", () => PeopleCommand.Create(terminal, randomness)),
        new("token", () => TokenCommand.Create(terminal, randomness)),
        new("audience", () => AudienceCommand.Create(terminal, randomness, disk)),
        new("subscribers", () => SubscribersCommand.Create(terminal, disk, randomness, environment)),
        new("ledger", () => LedgerCommand.Create(terminal, disk, environment)),
        new("place", () => PlaceCommand.Create(terminal, disk, randomness, environment)),
        new("agent", () => AgentCommand.Create(terminal, disk, randomness)),
        new("mirror", () => MirrorCommand.Create(terminal, disk, randomness, environment)),
        new("import", () => ImportCommand.Create(terminal, disk, randomness, environment, ImportTable.All)),
        new("export", () => ExportCommand.Create(terminal)),
        new("backup", () => BackupCommand.Create(terminal)),
        new("restore", () => RestoreCommand.Create(terminal)),
        new("verify", () => VerifyCommand.Create(terminal)),
        new("heartbeats", () => HeartbeatsCommand.Create(terminal, disk, CheckKinds.All)),
        new("alerts", () => AlertsCommand.Create(terminal, disk, CheckKinds.All)),
        new("keys", () => KeysCommand.Create(terminal, disk, randomness, environment)),
        new("drill", () => DrillCommand.Create(
            JournalWriterDrill.Create(terminal), MailDownDrill.Create(terminal), DatabaseDownDrill.Create(terminal),
            AccountLockoutDrill.Create(terminal), BlindMonitorDrill.Create(terminal), SimulateDrill.Create(terminal))),
        new("mcp", () => McpCommand.Create(terminal, disk, randomness, environment)),
        new("notify", NotifyCommand.Create),
        new("version", () => VersionCommand.Create(terminal)),
    ];
}
