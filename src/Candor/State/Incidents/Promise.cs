using System.Text.Json.Serialization;

namespace Candor.State.Incidents;

/// <summary>How a promised next word stands.</summary>
internal enum PromiseState
{
    /// <summary>There is time left.</summary>
    Pending,

    /// <summary>The moment passed without a word.</summary>
    Overdue,

    /// <summary>There was a word in time.</summary>
    Kept,

    /// <summary>There was a word, too late.</summary>
    Late,

    /// <summary>Another moment was promised, or none any more, before this one came.</summary>
    Withdrawn,
}

/// <summary>The promise to say more by a moment; one incident makes several, one after the other.</summary>
internal sealed record Promise(DateTimeOffset MadeAt, DateTimeOffset DueAt)
{
    /// <summary>When there was a word, or the promise was withdrawn; null while it stands.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    public bool Withdrawn { get; init; }

    /// <summary>The author has been reminded.</summary>
    public bool Reminded { get; init; }

    /// <summary>That it was broken is a fact already.</summary>
    public bool Missed { get; init; }

    [JsonIgnore]
    public bool Stands => SettledAt is null;

    public PromiseState StateAt(DateTimeOffset now) => SettledAt switch
    {
        null => now > DueAt ? PromiseState.Overdue : PromiseState.Pending,
        { } settled when settled > DueAt => PromiseState.Late,
        _ => Withdrawn ? PromiseState.Withdrawn : PromiseState.Kept,
    };
}
