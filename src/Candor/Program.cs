using Candor.Commands;
using Candor.Effects;
using Candor.Probing;

var terminal = Terminal.Standard();
return await CommandLine.RunAsync(
    args,
    terminal,
    [
        CheckCommand.Create(terminal, new SystemDisk(), CheckKinds.All),
        DoctorCommand.Create(terminal),
        DrillCommand.Create(),
        VersionCommand.Create(terminal),
    ]);
