using System.Diagnostics;

namespace Candor.State.Incidents;

/// <summary>How an incident is put right afterwards. Nothing of this is a word to readers, so nobody takes over by it.</summary>
internal sealed partial record Incident
{
    private const string RemovedTitle = "Removed incident";

    private Incident Corrected(Event happened) => happened switch
    {
        IncidentRenamed e => this with { Title = e.Title, UpdatedAt = e.At },
        IncidentImpactSet e => this with { ImpactOverride = e.Impact, UpdatedAt = e.At },
        IncidentMetadataSet e => this with { Metadata = e.Metadata },
        IncidentBackdated e => this with
        {
            StartedAt = e.StartedAt,
            Backdatings = Backdatings.Add(new(e.At, StartedAt, e.By)),
            EarlierStart = null,
            UpdatedAt = e.At,
        },
        UpdateEdited e => Change(e.Seq, e.At, update => update.With(e)),
        UpdateRemoved e => Change(e.Seq, e.At, update => update.With(new Tombstone(e.At, e.Reason, e.By))),
        FileRemoved e => Change(e.Seq, e.At, update => update.With(e)),
        IncidentRemoved e => Remove(new(e.At, e.Reason, e.By)),
        _ => throw new UnreachableException($"{happened.GetType().Name} corrects nothing."),
    };

    private Incident Change(int seq, DateTimeOffset at, Func<IncidentUpdate, IncidentUpdate> change)
    {
        if (seq < 1 || seq > Updates.Length)
        {
            throw new UnreachableException($"Incident {Id} has no update {seq}.");
        }

        return this with { Updates = Updates.SetItem(seq - 1, change(Updates[seq - 1])), UpdatedAt = at };
    }

    private Incident Remove(Tombstone removed) => this with
    {
        Removed = removed,
        FormerTitle = Title,
        Title = RemovedTitle,
        Metadata = null,
        HumanLed = true,
        Updates = [.. Updates.Select(update => update.With(removed))],
        Promises = Promising(Promises, removed.At, dueAt: null, byWord: false),
        Suggestions = [],
        UpdatedAt = removed.At,
    };
}
