using Candor.Commands;

var terminal = Terminal.Standard();
return await CommandLine.RunAsync(
    args,
    terminal,
    [
        DoctorCommand.Create(terminal),
        DrillCommand.Create(),
        VersionCommand.Create(terminal),
    ]);
