using System.CommandLine;
using Candor.Commands;
using Candor.Testing;

namespace Candor.Tests.Commands;

/// <summary>A command line that is typed into a test: what it said on both streams, and its exit code.</summary>
internal sealed record Shell(int Exit, string Output, string Error)
{
    public static async Task<Shell> RunAsync(string line, params IReadOnlyList<Func<Terminal, Command>> commands)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var terminal = new Terminal(output, error, TerminalTraits.Piped, time);
        var exit = await CommandLine.RunAsync(line.Split(' ')[1..], terminal, [.. commands.Select(command => command(terminal)).Select(made => new NamedCommand(made.Name, () => made))]);
        return new(exit, output.ToString(), error.ToString());
    }
}
