using System.Text.Json.Serialization;

namespace Candor.Notices.Streams;

/// <summary>One update that somebody is to be told, and what became of it. Accepted = sent + failed + pending + withheld.</summary>
/// <param name="Seq">Of the update within its topic.</param>
/// <param name="At">When it was published: lateness counts from here.</param>
internal readonly record struct Piece(int Seq, DateTimeOffset At, PieceState State)
{
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The update whose notice tells this one as well, where it was superseded.</summary>
    public int? By { get; init; }

    /// <summary>The rule that suppressed it, the limit that expired, or the class of the failure.</summary>
    public string? Why { get; init; }

    /// <summary>How often it was tried until it was settled; 0 where it never was, or was settled by a build that did not note it.</summary>
    public int Tries { get; init; }

    /// <summary>What their side said to the notice that settled it.</summary>
    public string? Said { get; init; }

    [JsonIgnore]
    public bool IsPending => State == PieceState.Pending;

    /// <summary>What a rule keeps from them from the beginning.</summary>
    public static Piece Withheld(int seq, DateTimeOffset at, string rule) => new(seq, at, PieceState.Suppressed) { SettledAt = at, Why = rule };
}

[JsonConverter(typeof(JsonStringEnumConverter<PieceState>))]
internal enum PieceState
{
    [JsonStringEnumMemberName("pending")]
    Pending,
    [JsonStringEnumMemberName("sent")]
    Sent,
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Withheld: a later notice tells it too.</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,

    /// <summary>Withheld: a rule says that it is not told.</summary>
    [JsonStringEnumMemberName("suppressed")]
    Suppressed,

    /// <summary>Withheld: too old to be tried any more.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,
}
