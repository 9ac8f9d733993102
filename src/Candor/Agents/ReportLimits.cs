using System.Globalization;
using Candor.Agents.Wire;
using Candor.Journal;
using Candor.Judging;

namespace Candor.Agents;

/// <summary>What a report may hold. An agent's word is outside text like any other; the whole of a bad one is refused.</summary>
internal static class ReportLimits
{
    public const int BytesMax = 1024 * 1024;
    public const int ReadingsMax = 250;
    public const int ControlsMax = 250;
    public const int ReasonMax = 300;
    public const int MeasuredMax = 40;
    public const int NameMax = 100;

    private const int PhasesMax = 16;
    private const double TookMsMax = 3_600_000;

    public static Reading? ReadingOf(string said) => said switch
    {
        "good" => Reading.Good,
        "slow" => Reading.Slow,
        "bad" => Reading.Bad,
        "none" => Reading.None,
        _ => null,
    };

    public static string Word(Reading reading) => reading switch
    {
        Reading.Good => "good",
        Reading.Slow => "slow",
        Reading.Bad => "bad",
        _ => "none",
    };

    /// <summary>Null where it can be taken.</summary>
    public static Refusal? Against(Report report)
    {
        if (!IsName(report.Run) || !IsShort(report.Version, NameMax) || !IsShort(report.Words ?? "", ReasonMax) || report.Waiting < 0 || report.Dropped < 0)
        {
            return Wrong("run, version, words, waiting or dropped is not as an agent writes it", "run");
        }

        return report.Chunk is { } chunk ? Against(chunk) : null;
    }

    private static Refusal? Against(Chunk chunk)
    {
        if (chunk.Number < 1 || !IsName(chunk.Run))
        {
            return Wrong("a chunk has a number from 1 on and the run that it is of", "chunk.number");
        }

        if (chunk.Readings.Count > ReadingsMax || chunk.Controls.Count > ControlsMax)
        {
            return new("agent.too_many", string.Create(CultureInfo.InvariantCulture,
                $"A chunk holds up to {ReadingsMax} readings and {ControlsMax} answers of control targets; send more in the next one."), "chunk.readings");
        }

        if (chunk.Readings.Any(static one => one is null || HasHoles(one.Phases) || HasHoles(one.Measured)) || HasHoles(chunk.Controls))
        {
            return Wrong("a list holds nothing where it should hold something", "chunk");
        }

        foreach (var (at, reading) in chunk.Readings.Index())
        {
            if (Fault(reading) is { } fault)
            {
                return Wrong(fault, $"chunk.readings[{at.ToString(CultureInfo.InvariantCulture)}]");
            }
        }

        return chunk.Controls.All(static one => IsShort(one.Target, ReasonMax) && IsShort(one.Reason, ReasonMax))
            ? null
            : Wrong("a control target or its reason is too long or holds control characters", "chunk.controls");
    }

    private static string? Fault(SentReading reading) => reading switch
    {
        _ when ReadingOf(reading.Said) is null => "said is one of good, slow, bad and none",
        _ when !IsShort(reading.Monitor, NameMax) => "the monitor's id is too long or holds control characters",
        _ when !IsShort(reading.Reason, ReasonMax) => "the reason is too long or holds control characters",
        _ when !IsTime(reading.TookMs) => "took_ms lies between 0 and an hour",
        _ when (reading.Phases ?? []) is var phases && (phases.Count > PhasesMax || !phases.All(static one => IsShort(one.Name, NameMax) && IsTime(one.TookMs))) =>
            "there are too many phases, or one is not as an agent writes it",
        _ when (reading.Measured ?? []) is var numbers && (numbers.Count > MeasuredMax
            || !numbers.All(static one => IsShort(one.Name, NameMax) && IsShort(one.Unit, NameMax) && double.IsFinite(one.Value))) =>
            "too much is measured, or something is not as an agent writes it",
        _ => null,
    };

    private static bool HasHoles<T>(IReadOnlyList<T>? list)
        where T : class => list?.Any(static one => one is null) ?? false;

    private static bool IsTime(double ms) => ms is >= 0 and <= TookMsMax;

    private static bool IsName(string text) => text.Length is > 0 and <= NameMax && text.All(char.IsAsciiLetterOrDigit);

    private static bool IsShort(string text, int charsMax) => text.Length <= charsMax && !text.Any(char.IsControl);

    private static Refusal Wrong(string fault, string field) =>
        new("agent.report", $"The report was not taken: {fault}. Agent and core of the same version understand each other.", field);
}
