using System.Collections.Immutable;
using Candor.State.Postmortems;

namespace Candor.State.Incidents;

/// <summary>A person begins an incident.</summary>
/// <param name="Components">The components that are affected, and how.</param>
internal sealed record OpenIncident(string Title, string Body, IncidentStatus Status, ImmutableArray<Affected> Components)
{
    /// <summary>When readers' trouble began, where that was before now.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the first words were said, where that was before now and elsewhere.</summary>
    public DateTimeOffset? DisplayAt { get; init; }

    public Impact? ImpactOverride { get; init; }

    /// <summary>Until when the author promises to say more.</summary>
    public DateTimeOffset? NextUpdateBy { get; init; }

    public bool DeliverNotifications { get; init; } = true;

    /// <summary>A JSON object of objects, or null.</summary>
    public string? Metadata { get; init; }

    /// <summary>Names of audiences; empty: whoever sees what it affects.</summary>
    public ImmutableArray<string> OnlyFor { get; init; } = [];

    /// <summary>Files that come with the first words.</summary>
    public ImmutableArray<AttachedFile> Files { get; init; } = [];
}

/// <summary>A person says something in an incident.</summary>
/// <param name="Status">The new status, or null to keep it.</param>
internal sealed record PostUpdate(IncidentStatus? Status, string Body, ImmutableArray<Affected> Components)
{
    /// <summary>When the words were meant for, where that was before now.</summary>
    public DateTimeOffset? DisplayAt { get; init; }

    /// <summary>Until when the author promises to say more.</summary>
    public DateTimeOffset? NextUpdateBy { get; init; }

    public bool DeliverNotifications { get; init; } = true;

    /// <summary>Files that come with the words.</summary>
    public ImmutableArray<AttachedFile> Files { get; init; } = [];
}

/// <summary>A person puts an update right. Null: as it was.</summary>
/// <param name="Typo">Only the spelling: readers see that it was edited, and nobody is notified.</param>
internal sealed record EditUpdate(int Seq, string? Body, bool Typo)
{
    public DateTimeOffset? DisplayAt { get; init; }
}

/// <summary>A person finds that one incident is part of another.</summary>
/// <param name="Body">What the incident that goes on says of it, or null for Candor's own sentence.</param>
internal sealed record MergeIncident(IncidentId Into, string? Body = null)
{
    public bool DeliverNotifications { get; init; } = true;
}

/// <summary>A person finds that one incident was two.</summary>
/// <param name="Seqs">The updates that belong to the new one.</param>
/// <param name="Components">The components that belong to the new one.</param>
/// <param name="Body">Its first words; may be null where updates move.</param>
internal sealed record SplitIncident(
    IncidentId NewId, string Title, ImmutableArray<int> Seqs, ImmutableArray<ComponentId> Components, string? Body = null)
{
    /// <summary>What moves was told already, so nobody hears of it twice unless asked for.</summary>
    public bool DeliverNotifications { get; init; }
}

/// <summary>An incident of the past is entered with all that was said in it, oldest first.</summary>
internal sealed record BackfillIncident(string Title, DateTimeOffset StartedAt, ImmutableArray<PastUpdate> Updates)
{
    public Impact? ImpactOverride { get; init; }

    /// <summary>What the components went through, in order; besides what the updates say.</summary>
    public ImmutableArray<ComponentImpact> Components { get; init; } = [];

    public ImmutableArray<Downtime> Downtimes { get; init; } = [];

    /// <summary>The key of what it was made from elsewhere; one that is there already is not made again.</summary>
    public string? Origin { get; init; }

    /// <summary>Whoever wishes it has looked through every origin of this world already; thousands at once need not look each.</summary>
    public bool OriginIsFree { get; init; }

    public string? Metadata { get; init; }

    /// <summary>The postmortem that was published there, if any.</summary>
    public PastPostmortem? Postmortem { get; init; }
}

/// <summary>A postmortem of the past, and when readers had it.</summary>
internal sealed record PastPostmortem(DateTimeOffset At, ImmutableArray<PostmortemSection> Sections);

/// <param name="Status">Null: an update that keeps the status.</param>
internal sealed record PastUpdate(DateTimeOffset At, IncidentStatus? Status, string Body)
{
    public ImmutableArray<Affected> Components { get; init; } = [];
}
