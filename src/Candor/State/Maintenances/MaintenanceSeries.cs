using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Candor.State.Maintenances;

/// <summary>Work that comes again and again, as the facts have it.</summary>
internal sealed record MaintenanceSeries(
    SeriesId Id, string Rule, DateTime FirstLocal, string Zone, TimeSpan Lasts, MaintenancePlan Plan, string Body, Actor By)
{
    public ImmutableArray<DateTime> Except { get; init; } = [];

    public bool Quiet { get; init; }

    /// <summary>When it was set as it is now: what should have occurred before is not announced afterwards.</summary>
    public DateTimeOffset SetAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The newest occurrence that became a maintenance, or null.</summary>
    public DateTimeOffset? MadeUntil { get; init; }

    /// <summary>The occurrence after that; null where none is left. Kept, so that no tick has to count them anew.</summary>
    public DateTimeOffset? NextAt { get; init; }

    [JsonIgnore]
    public bool IsOpen => EndedAt is null;

    public static MaintenanceSeries Of(SeriesSet e) =>
        new MaintenanceSeries(e.Series, e.Rule, e.FirstLocal, e.Zone, e.Lasts, e.Plan, e.Body, e.By)
        {
            Except = e.Except,
            Quiet = e.Quiet,
            SetAt = e.At,
        }.After(null);

    /// <summary>An occurrence became a maintenance.</summary>
    public MaintenanceSeries Made(DateTimeOffset scheduledFor) =>
        MadeUntil >= scheduledFor ? this : After(scheduledFor);

    private MaintenanceSeries After(DateTimeOffset? made) => this with
    {
        MadeUntil = made,
        NextAt = Occurrences().Select(one => (DateTimeOffset?)one.At)
            .FirstOrDefault(at => at + Lasts > SetAt && !(at <= made)),
    };

    /// <summary>The occurrences as wall clocks and instants, oldest first, from the first one on.</summary>
    public IEnumerable<(DateTime Local, DateTimeOffset At)> Occurrences()
    {
        if (Recurrence.Read(Rule).Rule is not { } rule || !TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone))
        {
            yield break;
        }

        foreach (var local in rule.From(FirstLocal).Where(local => !Except.Contains(local)))
        {
            yield return (local, LocalTime.InstantOf(local, zone));
        }
    }
}
