using System.CommandLine;

namespace Candor.Commands;

/// <summary><c>candor drill</c>: exercises that show how Candor behaves before it has to.</summary>
internal static class DrillCommand
{
    public static Command Create(params IReadOnlyList<Command> drills)
    {
        var command = new CandorCommand("drill", "Practise a failure before it happens. Each drill is a command of its own.");
        foreach (var drill in drills)
        {
            command.Subcommands.Add(drill);
        }

        return command;
    }
}
