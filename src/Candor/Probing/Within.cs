using Candor.Judging;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing;

/// <summary><c>expect: { within: 2s }</c>: a good answer that took longer is slow.</summary>
internal static class Within
{
    public static TimeSpan? Read(Entry? expect, Faults faults) =>
        expect?.Find("within") is { } entry
        && entry.Read(Durations.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10)), faults, out var within)
            ? within
            : null;

    public static Finding Judge(Finding finding, TimeSpan? within, Attempt attempt) =>
        finding.Reading == Reading.Good && attempt.Elapsed is var took && took > within
            ? Finding.Slow($"answered after {Explain.Seconds(took)}, expected within {Explain.Seconds(within.Value)}")
            : finding;
}
