using System.Text.Json;
using Candor.Effects;
using Candor.State;

namespace Candor.Probing.Command;

/// <summary>Runs a Nagios plugin: exit code 0 good, 1 slow, 2 bad, anything else none.</summary>
internal sealed class CommandProbe(CommandCheck check, ProbeTools tools) : IProbe
{
    private const int OutputBytesMax = 64 * 1024;
    private const int TextMax = 120;

    public static IProbe Open(CommandCheck check, ProbeTools tools) => check.Command.IsDefaultOrEmpty
        ? throw new JsonException("a command needs a program")
        : new CommandProbe(check, tools);

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Attempt.RunAsync(tools.Time, timeout + TimeSpan.FromSeconds(5), a => RunAsync(timeout, a), cancellation);

    private async ValueTask<Finding> RunAsync(TimeSpan timeout, Attempt attempt)
    {
        if (tools.Processes is not { } processes)
        {
            return Finding.None("commands are off; start Candor with --allow-commands to run plugins");
        }

        attempt.Begin("command");
        var outcome = await processes.RunAsync(
            check.Command[0], [.. check.Command.Skip(1)], timeout, OutputBytesMax, attempt.Token);
        if (outcome.Ended == ProcessEnd.NotStarted)
        {
            return Finding.None($"{check.Target} could not be started");
        }

        if (outcome.Ended == ProcessEnd.KilledAtDeadline)
        {
            // A plugin has a timeout of its own and says what it saw; one that says nothing is our trouble.
            return Finding.None($"{check.Target} did not end within {Explain.Seconds(timeout)}");
        }

        var (text, measurements) = Perfdata.Read(outcome.Output);
        attempt.Measurements.AddRange(measurements);
        var said = Said(text);
        return outcome.ExitCode switch
        {
            0 => Finding.Good,
            1 => Finding.Slow(said),
            2 => Finding.Bad(said),
            3 => Finding.None(said),
            var code => Finding.None($"{check.Target} ended with code {code}"),
        };
    }

    private string Said(string text)
    {
        var line = Unshown.Without(text.Length > TextMax ? text[..TextMax] : text).Trim();
        return line.Length == 0 ? $"{check.Target} gave no reason" : line;
    }
}
