using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;

namespace Candor.Commands;

/// <summary>Parses, runs one command, and turns what happened into an exit code and a sentence.</summary>
internal static class CommandLine
{
    private const string About = """
        Candor: a status page with the monitoring behind it, that stays up and stays honest.

        Start with `candor serve`; it works with no configuration at all.
        """;

    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Terminal terminal, IReadOnlyList<NamedCommand> commands)
    {
        var root = new RootCommand(About);
        foreach (var command in Wanted(arguments, commands))
        {
            root.Subcommands.Add(command.Make());
        }

        HelpWithExamples.AddTo(root);
        var parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments);
        // Whoever asks what a command takes cannot be expected to give it.
        if (parsed.Errors.Count > 0 && !(parsed.Action is HelpWithExamples && parsed.UnmatchedTokens.Count == 0))
        {
            return WrongUsage(parsed, terminal);
        }

        using var stopping = new CancellationTokenSource();
        using var interrupted = StopOn(PosixSignal.SIGINT, stopping);
        using var terminated = StopOn(PosixSignal.SIGTERM, stopping);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = terminal.Output,
            Error = terminal.Error,
        };
        return await RunAsync(() => parsed.InvokeAsync(invocation, stopping.Token), terminal, stopping.Token);
    }

    /// <summary>The one that is asked for; all of them where help, a completion or a wrong word wants to name them.</summary>
    private static IEnumerable<NamedCommand> Wanted(IReadOnlyList<string> arguments, IReadOnlyList<NamedCommand> commands) =>
        arguments is [var first, ..] && commands.Any(command => command.Name == first)
            ? commands.Where(command => command.Name == first)
            : commands;

    private static async Task<int> RunAsync(Func<Task<int>> command, Terminal terminal, CancellationToken stopping)
    {
        try
        {
            return await command();
        }
        catch (CommandFault fault)
        {
            terminal.Fail(fault.Message, fault.Next);
            return fault.ExitCode;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            terminal.Fail("Stopped before it was done.", "Run it again; nothing half-done is kept.");
            return Exit.Failed;
        }
        catch (IOException fault)
        {
            terminal.Fail(fault.Message, "Check the path and its permissions; `candor doctor` looks at the usual ones.");
            return Exit.Failed;
        }
        catch (UnauthorizedAccessException fault)
        {
            terminal.Fail(fault.Message, "Run as the user that owns the file, or choose another folder with --data.");
            return Exit.Failed;
        }
        catch (Exception fault)
        {
            terminal.Fail(
                $"This should not have happened: {fault.GetType().Name}: {fault.Message}",
                "Report it with the lines below and the output of `candor doctor --json`.");
            await terminal.Error.WriteLineAsync(fault.StackTrace);
            return Exit.Failed;
        }
    }

    private static int WrongUsage(ParseResult parsed, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        var path = string.Join(' ', Path(parsed.CommandResult).Reverse());
        var example = command is CandorCommand { Examples: [var first, ..] } ? $"`{first.Line}`; " : "";
        var all = $"{example}`{path} --help` lists what it takes.";
        var (sentence, next) = (parsed.UnmatchedTokens is [var unknown, ..] ? unknown : null) switch
        {
            { } option when option.StartsWith('-') => ($"`{path}` has no option {option}.", Similar(command.Options, option) is { } known
                ? $"Did you mean {known}? `{path} --help` lists what it takes."
                : $"`{path} --help` lists what it takes."),
            { } wrong when command.Subcommands.Count > 0 => ($"There is no `{path} {wrong}`.", Similar(command.Subcommands, wrong) is { } known
                ? $"`{path} {known}`"
                : $"`{path} --help` lists what it takes."),
            null when command.Subcommands.Count > 0 && command.Action is null =>
                ($"`{path}` needs one of these behind it: {string.Join(", ", command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name))}.", all),
            null when command.Arguments.FirstOrDefault(one => one.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(one) is not { Tokens.Count: > 0 }) is { } missing =>
                ($"`{path}` needs <{missing.HelpName ?? missing.Name}>.", all),
            _ => (parsed.Errors[0].Message.TrimEnd('.') + ".", all),
        };
        terminal.Fail(sentence, next);
        return Exit.WrongUsage;
    }

    private static IEnumerable<string> Path(CommandResult result)
    {
        for (var at = result; at is not null; at = at.Parent as CommandResult)
        {
            yield return at.Parent is null ? "candor" : at.Command.Name;
        }
    }

    private static string? Similar(IEnumerable<Symbol> all, string wrong) => all
        .Where(known => !known.Hidden)
        .Select(known => (known.Name, Distance: Distance(known.Name, wrong)))
        .Where(known => known.Distance <= 2)
        .OrderBy(known => known.Distance)
        .Select(known => known.Name)
        .FirstOrDefault();

    /// <summary>Letters to add, drop or change to make one word of the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }

        return row[^1];
    }

    /// <summary>The first signal asks politely; a second one of the same kind ends the process as usual.</summary>
    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stopping) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = !stopping.IsCancellationRequested;
            stopping.Cancel();
        });
}
