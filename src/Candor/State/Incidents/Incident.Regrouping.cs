namespace Candor.State.Incidents;

/// <summary>What was told as two incidents and is one, and the other way round.</summary>
internal sealed partial record Incident
{
    private Incident Merge(IncidentMerged e) => this with
    {
        Merged = new(e.At, e.Into, e.By),
        HumanLed = true,
        Causes = [],
        Promises = Promising(Promises, e.At, dueAt: null, byWord: false),
        Suggestions = [],
        UpdatedAt = e.At,
    };

    /// <summary>The one that goes on; what it takes from the other came with the facts just before, except the causes.</summary>
    private Incident Absorb(IncidentMerged e) => this with { HumanLed = true, UpdatedAt = e.At };

    /// <summary>Takes what <paramref name="other"/> was about, so that automation follows it here.</summary>
    public Incident Taking(Incident other)
    {
        var startedAt = other.StartedAt < StartedAt ? other.StartedAt : StartedAt;
        return this with
        {
            Causes = [.. Causes.Union(other.Causes)],
            Absorbed = Absorbed.Add(other.Id),
            StartedAt = startedAt,
            // Offered for being earlier than what was said; it may not be any more.
            EarlierStart = EarlierStart?.StartedAt < startedAt ? EarlierStart : null,
        };
    }

    private Incident Split(IncidentSplit e) => this with
    {
        Updates = [.. Updates.Select(update => e.Seqs.Contains(update.Seq) ? update.Moved(e.Into) : update)],
        Components = Components.RemoveAll(change => e.Components.Contains(change.Component)),
        Causes = Causes.RemoveAll(e.Causes.Contains),
        HumanLed = true,
        UpdatedAt = e.At,
    };
}
