namespace Candor.Notices.Streams;

/// <summary>
/// A hand-over that was begun and has no outcome yet. Durable before anything is sent: after a crash these are exactly the
/// ones that may have arrived.
/// </summary>
internal sealed record Attempt(int From, int To, string Key, DateTimeOffset StartedAt);
