using System.Globalization;
using Candor.Judging;
using Candor.Probing;
using Candor.State;

namespace Candor.Commands.Probes;

/// <summary>Draws one look: what it found, each phase as a bar where it lay in time, what else was measured.</summary>
internal static class ProbeTimeline
{
    private const int BarMin = 20;
    private const int BarMax = 60;
    private const string Eighths = "▏▎▍▌▋▊▉█";

    public static void Draw(Terminal terminal, Check check, Finding finding)
    {
        var (ink, word) = Say(finding.Reading);
        var reason = finding.Reason.Length == 0 ? "" : $": {finding.Reason}";
        terminal.Line($"{terminal.Paint(ink, word)} {terminal.Paint(Ink.Strong, check.Target)} in {Time(finding.Took).Trim()}{reason}");
        if (finding.Phases.Length > 0)
        {
            terminal.Line();
            Phases(terminal, finding, ink);
        }

        if (finding.Measurements.Length > 0)
        {
            terminal.Line();
            Measurements(terminal, finding);
        }
    }

    /// <summary>A bar of the width that its share of the time deserves, with eighths of a cell; never nothing.</summary>
    internal static string Bar(TimeSpan from, TimeSpan length, TimeSpan whole, int width)
    {
        var eighths = whole > TimeSpan.Zero ? width * 8 / (double)whole.Ticks : 0;
        var begin = Math.Min((int)(from.Ticks * eighths / 8), width - 1);
        var cells = Math.Clamp((int)Math.Round(length.Ticks * eighths), 1, (width - begin) * 8);
        var rest = cells % 8;
        return string.Concat(new string(' ', begin), new string('█', cells / 8), rest == 0 ? "" : Eighths[rest - 1].ToString());
    }

    private static void Phases(Terminal terminal, Finding finding, Ink ink)
    {
        var names = finding.Phases.Max(p => p.Name.Length);
        var width = Math.Clamp(terminal.Traits.Width - names - 16, BarMin, BarMax);
        var at = TimeSpan.Zero;
        for (var i = 0; i < finding.Phases.Length; i++)
        {
            var (name, took) = finding.Phases[i];

            // What failed, failed in the last phase that began.
            var colour = i == finding.Phases.Length - 1 && finding.Reading is Reading.Bad or Reading.None ? ink : Ink.Plain;
            var bar = Bar(at, took, finding.Took, width);
            terminal.Line($"  {name.Replace('_', ' ').PadRight(names)}  {Time(took)}  {terminal.Paint(colour, bar)}");
            at += took;
        }
    }

    private static void Measurements(Terminal terminal, Finding finding)
    {
        var names = finding.Measurements.Max(m => m.Name.Length);
        foreach (var (name, value, unit) in finding.Measurements)
        {
            var number = value.ToString("#,##0.###", CultureInfo.InvariantCulture);
            terminal.Line($"  {name.Replace('_', ' ').PadRight(names)}  {number}{(unit.Length == 0 ? "" : " " + unit)}");
        }
    }

    private static (Ink, string) Say(Reading reading) => reading switch
    {
        Reading.Good => (Ink.Good, "✓ good"),
        Reading.Slow => (Ink.Warning, "! slow"),
        Reading.Bad => (Ink.Bad, "✗ bad"),
        _ => (Ink.Quiet, "? cannot tell"),
    };

    private static string Time(TimeSpan time) => time.TotalSeconds >= 10
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds,7:0.0} s ")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds,7:0.0} ms");
}
