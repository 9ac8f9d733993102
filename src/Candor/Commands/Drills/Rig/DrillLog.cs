using System.Collections.Immutable;
using System.Globalization;

namespace Candor.Commands.Drills.Rig;

/// <summary>What happened in a drill and what was measured: a timeline to read, then each figure beside its target.</summary>
internal sealed class DrillLog(string drill, Terminal terminal, bool json)
{
    private readonly Lock adding = new();
    private readonly DateTimeOffset began = terminal.Time.GetUtcNow();
    private ImmutableArray<(DateTimeOffset At, string What)> timeline = [];
    private ImmutableArray<DrillFigure> figures = [];

    public bool Holds => figures.All(static figure => figure.Holds != false);

    public TimeSpan Elapsed => terminal.Time.GetUtcNow() - began;

    /// <summary>As it happens, on the error stream where the output is for programs.</summary>
    public void Tell(string what)
    {
        var at = terminal.Time.GetUtcNow();
        lock (adding)
        {
            timeline = timeline.Add((at, what));
            var line = string.Create(CultureInfo.InvariantCulture, $"{at:HH:mm:ss} UTC  +{(at - began).TotalSeconds,5:F0} s  {what}");
            (json ? terminal.Error : terminal.Output).WriteLine(line);
            (json ? terminal.Error : terminal.Output).Flush();
        }
    }

    public void AtMost(string name, double value, double most, string unit, string? note = null) =>
        Add(name, value, unit, string.Create(CultureInfo.InvariantCulture, $"<= {most:0.##}"), value <= most, note);

    public void Exactly(string name, double value, double wanted, string unit, string? note = null) =>
        Add(name, value, unit, string.Create(CultureInfo.InvariantCulture, $"= {wanted:0.##}"), value == wanted, note);

    /// <summary>What this run had no occasion to find out: no tick and no cross.</summary>
    public void NotTried(string name, string why) => Add(new(drill, name, null, "", "not tried", null) { Commit = Commit, Machine = Machine, Note = why });

    public void Add(string name, double value, string unit, string target, bool holds, string? note = null, IReadOnlyList<double>? samples = null) =>
        Add(new(drill, name, value, unit, target, holds) { Commit = Commit, Machine = Machine, Note = note, Samples = samples });

    private void Add(DrillFigure figure)
    {
        lock (adding)
        {
            figures = figures.Add(figure);
        }
    }

    /// <summary>The figures, and the exit code that they mean.</summary>
    public int End()
    {
        if (json)
        {
            foreach (var figure in figures)
            {
                terminal.Line(System.Text.Json.JsonSerializer.Serialize(figure, DrillJson.Default.DrillFigure));
            }
        }
        else
        {
            terminal.Line();
            foreach (var figure in figures)
            {
                var note = figure.Note is null ? "" : $"  ({figure.Note})";
                terminal.Tick(
                    figure.Holds switch { true => Ink.Good, false => Ink.Bad, null => Ink.Quiet }, figure.Name,
                    figure.Value is { } value
                        ? string.Create(CultureInfo.InvariantCulture, $"{value,9:0.##} {figure.Unit,-8} target {figure.Target}{note}")
                        : $"{figure.Target,18}{note}",
                    column: 50);
            }
        }

        if (Holds)
        {
            return Exit.Done;
        }

        terminal.Fail(
            $"{figures.Count(static figure => figure.Holds == false)} of {figures.Length} figures of the drill {drill} are beyond their targets.",
            $"candor drill {drill}, on a machine that does nothing else");
        return Exit.Failed;
    }

    private static string Commit => VersionCommand.Current.Version;

    private static string Machine => $"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}";
}
