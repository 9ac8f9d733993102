using System.Collections.Immutable;
using Candor.State;
using Candor.State.Postmortems;

namespace Candor.Importing.Reading;

/// <summary>
/// An incident of a page that has no words for states: the first thing said is that it is looked into, the last that it is
/// over where it is over, and what lies between keeps the status.
/// </summary>
internal sealed record Telling(string Key, string Title, ImmutableArray<ImportedUpdate> Updates)
{
    public string? Url { get; init; }

    public DateTimeOffset? Began { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>Whether it is over although nobody says when.</summary>
    public bool IsOver { get; init; }

    public ComponentStatus? Status { get; init; }

    public ImmutableArray<ImmutableArray<string>> Affected { get; init; } = [];

    public ImportedIncident Make()
    {
        var over = IsOver || Ended is not null;
        var updates = Updates.ToBuilder();
        var last = updates.Count - 1;
        while (last > 0 && updates[last].Status == IncidentStatus.Postmortem)
        {
            last--;
        }

        if (updates.Count > 0 && updates[0].Status is null)
        {
            updates[0] = updates[0] with { Status = over && last == 0 ? IncidentStatus.Resolved : IncidentStatus.Investigating };
        }

        if (over && last > 0 && !Updates.Any(u => u.Status == IncidentStatus.Resolved))
        {
            updates[last] = updates[last] with { Status = IncidentStatus.Resolved };
        }

        var began = Chronicle.Least(Began, updates.Select(u => u.At).FirstOrDefault(t => t is not null));
        var ended = over ? Ended ?? Outcome.ResolvedAt(updates) : null;
        return new(Key, Title)
        {
            Url = Url,
            StartedAt = began,
            ResolvedAt = ended,
            Impact = Outcome.ImpactOf([Status]),
            Status = over ? IncidentStatus.Resolved : Outcome.Newest(updates) ?? IncidentStatus.Investigating,
            Updates = updates.ToImmutable(),
            Intervals = Status is { } bad and not ComponentStatus.Operational ? [.. Affected.Select(a => new ImportedInterval(a, bad, began, ended))] : [],
            Affected = Affected,
        };
    }
}
