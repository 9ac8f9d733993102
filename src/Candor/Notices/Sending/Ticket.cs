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

    /// <summary>In the hands of a process that died: alone, so that the guilty one is known.</summary>
    Suspect,
}

/// <summary>What is open comes before what is over, and the newest first.</summary>
internal readonly record struct Urgency(bool IsOver, DateTimeOffset Began) : IComparable<Urgency>
{
    public int CompareTo(Urgency other)
    {
        var byEnd = IsOver.CompareTo(other.IsOver);
        return byEnd != 0 ? byEnd : other.Began.CompareTo(Began);
    }
}
