using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Serialization;
using Candor.State.Incidents;

namespace Candor.State.Postmortems;

/// <summary>Somebody wrote at the postmortem of an incident; all of its text, each time. Readers see nothing yet.</summary>
internal sealed record PostmortemDrafted(
    DateTimeOffset At, IncidentId Incident, ImmutableArray<PostmortemSection> Sections, Actor By) : Event(At);

/// <summary>The draft became what readers see.</summary>
internal sealed record PostmortemPublished(DateTimeOffset At, IncidentId Incident, Actor By) : Event(At)
{
    /// <summary>Nobody is notified of it.</summary>
    public bool Quiet { get; init; }

    /// <summary>When readers of the page that it was brought in from first had it; null: with the fact.</summary>
    public DateTimeOffset? DisplayAt { get; init; }
}

/// <summary>Readers see it no more; it is a draft again.</summary>
internal sealed record PostmortemReverted(DateTimeOffset At, IncidentId Incident, Actor By) : Event(At);

/// <summary>It is gone, and so is its draft. Action items stay.</summary>
internal sealed record PostmortemRemoved(DateTimeOffset At, IncidentId Incident, Actor By) : Event(At);

/// <summary>Something is to be done so that it does not happen again; readers see it until it is.</summary>
internal sealed record ActionItemSet(DateTimeOffset At, IncidentId Incident, ActionItem Item, Actor By) : Event(At);

/// <summary>It is done (or, with false, is not after all).</summary>
internal sealed record ActionItemDone(DateTimeOffset At, IncidentId Incident, ActionItemId Item, bool Done, Actor By) : Event(At);

/// <summary>It will not be done; readers see that it was planned, and why not.</summary>
internal sealed record ActionItemDropped(
    DateTimeOffset At, IncidentId Incident, ActionItemId Item, string Reason, Actor By) : Event(At);

/// <summary>A part of a postmortem. The heading of the first may be empty: words before any heading.</summary>
/// <param name="Body">Markdown.</param>
internal sealed record PostmortemSection(string Heading, string Body);

/// <summary>Something to be done.</summary>
/// <param name="Owner">A team or a role, as readers see it; never a person's name, which the journal could not forget.</param>
internal sealed record ActionItem(ActionItemId Id, string Text, string? Owner, DateOnly? DueOn);

/// <summary>An action item as the facts have it.</summary>
internal sealed record ActionItemState(ActionItem Item, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? DoneAt { get; init; }

    public Tombstone? Dropped { get; init; }

    [JsonIgnore]
    public bool IsOpen => DoneAt is null && Dropped is null;

    public bool IsOverdue(DateOnly today) => IsOpen && Item.DueOn < today;
}

/// <summary>The postmortem of an incident as the facts have it: what is written, what readers see, and what is to be done.</summary>
internal sealed record Postmortem(IncidentId Incident)
{
    public int Version { get; init; }

    /// <summary>What is being written; the same as what is published where nothing was written since.</summary>
    public ImmutableArray<PostmortemSection> Draft { get; init; } = [];

    public DateTimeOffset? DraftedAt { get; init; }

    /// <summary>What readers see; empty while nothing is published.</summary>
    public ImmutableArray<PostmortemSection> Published { get; init; } = [];

    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When readers last got another text than at first; null: they never did.</summary>
    public DateTimeOffset? RevisedAt { get; init; }

    public bool Quiet { get; init; }

    /// <summary>In the order in which they were added.</summary>
    public ImmutableArray<ActionItemState> Actions { get; init; } = [];

    [JsonIgnore]
    public bool IsPublic => PublishedAt is not null;

    [JsonIgnore]
    public bool HasText => !Draft.IsEmpty || IsPublic;

    public static Postmortem Fold(Postmortem? before, Event happened) =>
        Place(before, happened) with { Version = (before?.Version ?? 0) + 1 };

    private static Postmortem Place(Postmortem? before, Event happened) => (before, happened) switch
    {
        (_, PostmortemDrafted e) => (before ?? new(e.Incident)) with { Draft = e.Sections, DraftedAt = e.At },
        ({ } p, PostmortemPublished e) => p with
        {
            Published = p.Draft,
            PublishedAt = p.PublishedAt ?? e.DisplayAt ?? e.At,
            RevisedAt = p.PublishedAt is null ? null : e.At,
            Quiet = e.Quiet,
        },
        ({ } p, PostmortemReverted) => p with { Published = [], PublishedAt = null, RevisedAt = null },
        ({ } p, PostmortemRemoved) => new(p.Incident) { Actions = p.Actions },
        (_, ActionItemSet e) => (before ?? new(e.Incident)).Set(e),
        ({ } p, ActionItemDone e) => p.Change(e.Item, action => action with { DoneAt = e.Done ? e.At : null, Dropped = null }),
        ({ } p, ActionItemDropped e) => p.Change(e.Item, action => action with { Dropped = new(e.At, e.Reason, e.By), DoneAt = null }),
        _ => throw new UnreachableException($"{happened.GetType().Name} cannot follow {(before is null ? "nothing" : "a postmortem")}."),
    };

    private Postmortem Set(ActionItemSet e) => Actions.Any(action => action.Item.Id == e.Item.Id)
        ? Change(e.Item.Id, action => action with { Item = e.Item })
        : this with { Actions = Actions.Add(new(e.Item, e.At)) };

    private Postmortem Change(ActionItemId id, Func<ActionItemState, ActionItemState> change)
    {
        var found = Actions.FirstOrDefault(action => action.Item.Id == id)
            ?? throw new UnreachableException($"Action item {id} of incident {Incident} is not there to be changed.");
        return this with { Actions = Actions.Replace(found, change(found)) };
    }
}
