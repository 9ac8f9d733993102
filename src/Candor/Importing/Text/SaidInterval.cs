using System.Collections.Immutable;
using Candor.State;

namespace Candor.Importing.Text;

/// <summary>A component's status between two times as a page has them: "Major outage from 7:09 PM to 4:59 AM".</summary>
internal sealed record SaidInterval(ImmutableArray<string> Component, ComponentStatus Status, Stamp From, Stamp? Until, string Said)
{
    private static readonly (string Words, ComponentStatus Status)[] Statuses =
    [
        ("operational", ComponentStatus.Operational), ("degraded performance", ComponentStatus.DegradedPerformance), ("degraded", ComponentStatus.DegradedPerformance),
        ("partial outage", ComponentStatus.PartialOutage), ("minor outage", ComponentStatus.PartialOutage), ("full outage", ComponentStatus.MajorOutage),
        ("major outage", ComponentStatus.MajorOutage), ("under maintenance", ComponentStatus.UnderMaintenance), ("maintenance", ComponentStatus.UnderMaintenance),
    ];

    /// <summary>All intervals of one line, or none where the line is anything else.</summary>
    public static ImmutableArray<SaidInterval> Of(string line, ImmutableArray<string> component)
    {
        var found = ImmutableArray.CreateBuilder<SaidInterval>();
        var at = 0;
        while (at < line.Length && found.Count < 200)
        {
            var start = at;
            if (StatusAt(line, ref at) is not { } status || Time(line, ref at, "from", "since") is not { } from)
            {
                return [];
            }

            var until = Time(line, ref at, "to", "until", "-", "–");
            found.Add(new(component, status, from, until, line[start..at].Trim()));
            at = Skip(line, at, " ,;.·");
        }

        return found.ToImmutable();
    }

    private static ComponentStatus? StatusAt(string line, ref int at)
    {
        foreach (var (words, status) in Statuses)
        {
            if (line.AsSpan(at).StartsWith(words, StringComparison.OrdinalIgnoreCase))
            {
                at += words.Length;
                return status;
            }
        }

        return null;
    }

    private static Stamp? Time(string line, ref int at, params ReadOnlySpan<string> before)
    {
        var from = Skip(line, at, " ");
        foreach (var word in before)
        {
            if (!line.AsSpan(from).StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var time = Skip(line, from + word.Length, " ");
            if (StampScanner.Read(line, time, out var end) is { } stamp)
            {
                at = end;
                return stamp;
            }
        }

        return null;
    }

    private static int Skip(string line, int at, string letters)
    {
        while (at < line.Length && letters.Contains(line[at], StringComparison.Ordinal))
        {
            at++;
        }

        return at;
    }
}
