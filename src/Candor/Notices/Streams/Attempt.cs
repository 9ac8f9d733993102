namespace Candor.Notices.Streams;

/// <summary>
/// A hand-over that was begun and has no outcome yet. Durable before anything is sent: after a crash these are exactly the
/// ones that may have arrived.
/// </summary>
internal sealed record Attempt(int From, int To, string Key, DateTimeOffset StartedAt)
{
    /// <summary>It is in one notice with other topics, and so in their rows as well, under the same key.</summary>
    public bool Together { get; init; }
}
