using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Candor.State.Incidents;

/// <summary>One thing said in an incident.</summary>
/// <param name="Status">The incident's status from here on.</param>
/// <param name="KeepsStatus">Readers see the word "Update" instead of the status.</param>
/// <param name="Body">What readers see now: empty once it is <see cref="Removed"/> or moved.</param>
internal sealed record IncidentUpdate(
    int Seq, DateTimeOffset At, IncidentStatus Status, bool KeepsStatus, string Body, bool Automatic,
    ImmutableArray<ComponentImpact> Components)
{
    public DateTimeOffset DisplayAt { get; init; } = At;

    public Actor? By { get; init; }

    public bool Quiet { get; init; }

    /// <summary>Until when its author promised to say more.</summary>
    public DateTimeOffset? NextUpdateBy { get; init; }

    /// <summary>What hangs on the words; gone with them.</summary>
    public ImmutableArray<AttachedFile> Files { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What it said before, oldest first.</summary>
    public ImmutableArray<Edit> Edits { get; init; } = [];

    /// <summary>Set once it was taken away as a mistake.</summary>
    public Tombstone? Removed { get; init; }

    /// <summary>The incident that it went on in when this one was split.</summary>
    public IncidentId? MovedTo { get; init; }

    /// <summary>Dated at another moment than it was written: readers see both.</summary>
    [JsonIgnore]
    public bool IsBackdated => DisplayAt != At;

    /// <summary>Whether readers find words here, not only the mark that some were.</summary>
    [JsonIgnore]
    public bool IsReadable => Removed is null && MovedTo is null;

    public IncidentUpdate With(UpdateEdited e) => this with
    {
        Edits = Edits.Add(new(e.At, Body, e.Typo, e.By) { DisplayAt = DisplayAt }),
        Body = e.Body,
        DisplayAt = e.DisplayAt ?? DisplayAt,
    };

    /// <summary>The words go, from here and from the history of edits: what must not be read must not be findable.</summary>
    public IncidentUpdate With(Tombstone removed) => this with { Body = "", Files = [], Edits = [], Removed = removed };

    public IncidentUpdate Moved(IncidentId into) => this with { Body = "", Files = [], Edits = [], MovedTo = into };

    public IncidentUpdate With(FileRemoved e) => this with { Files = Files.RemoveAll(file => file.Hash == e.Hash) };
}

/// <summary>An edit of an update: when, and the words and the date it had until then.</summary>
internal sealed record Edit(DateTimeOffset At, string Before, bool Typo, Actor By)
{
    public DateTimeOffset DisplayAt { get; init; }
}

/// <summary>What is left of something removed: that it was there, since when it is not, and why.</summary>
internal sealed record Tombstone(DateTimeOffset At, string Reason, Actor By);
