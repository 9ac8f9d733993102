using Candor.Commands;

var terminal = Terminal.Standard();
return await CommandLine.RunAsync(args, terminal, AllCommands.Of(terminal));
