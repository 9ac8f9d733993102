using Candor.Notices.Streams;

namespace Candor.Notices.Sending;

/// <summary>A stream that waits for its turn. An older ticket of the same stream is worth nothing.</summary>
internal readonly record struct Ticket(StreamKey Stream, Lane Lane, Urgency Urgency, long Version);

internal enum Lane
{
    /// <summary>Published minutes ago and not tried yet.</summary>
    Fresh,

    /// <summary>Late, and never tried.</summary>
    Backlog,

    /// <summary>Tried before.</summary>
    Retry,

    /// <summary>In the hands of a process that died: one at a time for each destination.</summary>
    Suspect,

    /// <summary>In the hands of two: without any other suspect, so that the guilty one is known.</summary>
    Alone,
}

/// <summary>What a free place is for.</summary>
internal enum Turn
{
    /// <summary>Whatever is next.</summary>
    Any,

    Fresh,

    /// <summary>What is late, or was tried before.</summary>
    Behind,
}

/// <summary>What is open comes before what is over, and the newest first.</summary>
internal readonly record struct Urgency(bool IsOver, DateTimeOffset Began)
{
    public static readonly IComparer<Urgency> First = Comparer<Urgency>.Create(static (one, other) =>
        one.IsOver.CompareTo(other.IsOver) is not 0 and var byEnd ? byEnd : other.Began.CompareTo(one.Began));
}
