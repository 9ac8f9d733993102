using Candor.Commands;

namespace Candor.Tests.Commands;

public sealed class AllCommandsTests
{
    [Fact]
    public void Every_command_answers_to_the_name_it_is_looked_up_by()
    {
        var all = AllCommands.Of(Terminal.Standard());

        Assert.All(all, static command => Assert.Equal(command.Name, command.Make().Name));
        Assert.Equal(all.Count, all.Select(static command => command.Name).Distinct().Count());
    }

    [Fact]
    public async Task Only_the_command_that_is_asked_for_is_made()
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, TerminalTraits.Piped, TimeProvider.System);
        var made = new List<string>();
        NamedCommand[] commands = [Counted("first"), Counted("second")];

        await CommandLine.RunAsync(["second"], terminal, commands);
        Assert.Equal(["second"], made);

        await CommandLine.RunAsync(["secnd"], terminal, commands);
        Assert.Equal(["second", "first", "second"], made);

        NamedCommand Counted(string name) => new(name, () =>
        {
            made.Add(name);
            return new CandorCommand(name, "") { Action = null };
        });
    }
}
