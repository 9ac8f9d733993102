using Candor.Commands;
using Candor.Commands.Drills;
using Candor.Commands.Imports;
using Candor.Commands.Mails;
using Candor.Commands.Probes;
using Candor.Effects;
using Candor.Probing;

var terminal = Terminal.Standard();
return await CommandLine.RunAsync(
    args,
    terminal,
    [
        AgentCommand.Create(terminal, new SystemDisk(), new SystemRandomness()),
        ApplyCommand.Create(terminal, new SystemDisk(), CheckKinds.All),
        BackupCommand.Create(terminal),
        CheckCommand.Create(
            terminal, new SystemDisk(), CheckKinds.All,
            [
                .. ProbeCommands.All(terminal, CheckKinds.All),
                MailCheck.Create(terminal, new SystemDisk(), new SystemRandomness(), CheckKinds.All, Environment.GetEnvironmentVariable),
            ]),
        ServeCommand.Create(terminal),
        DoctorCommand.Create(terminal),
        DrillCommand.Create(JournalWriterDrill.Create(terminal), MailDownDrill.Create(terminal), DatabaseDownDrill.Create(terminal), AccountLockoutDrill.Create(terminal), BlindMonitorDrill.Create(terminal), SimulateDrill.Create(terminal)),
        ExportCommand.Create(terminal),
        ImportCommand.Create(terminal, new SystemDisk(), new SystemRandomness(), Environment.GetEnvironmentVariable, ImportTable.All),
        HeartbeatsCommand.Create(terminal, new SystemDisk(), CheckKinds.All),
        AlertsCommand.Create(terminal, new SystemDisk(), CheckKinds.All),
        KeysCommand.Create(terminal, new SystemDisk(), new SystemRandomness(), Environment.GetEnvironmentVariable),
        NotifyCommand.Create(),
        MirrorCommand.Create(terminal, new SystemDisk(), new SystemRandomness()),
        McpCommand.Create(terminal, new SystemDisk(), new SystemRandomness(), Environment.GetEnvironmentVariable),
        PeopleCommand.Create(terminal, new SystemRandomness()),
        AudienceCommand.Create(terminal, new SystemRandomness(), new SystemDisk()),
        PlaceCommand.Create(terminal, new SystemDisk(), new SystemRandomness(), Environment.GetEnvironmentVariable),
        PostCommand.Create(terminal, new SystemDisk(), new SystemRandomness(), Environment.GetEnvironmentVariable),
        RestoreCommand.Create(terminal),
        SubscribersCommand.Create(terminal, new SystemDisk(), new SystemRandomness(), Environment.GetEnvironmentVariable),
        TokenCommand.Create(terminal, new SystemRandomness()),
        VerifyCommand.Create(terminal),
        VersionCommand.Create(terminal),
    ]);
