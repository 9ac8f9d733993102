namespace Candor.Probing.Heartbeat;

/// <summary>How long ago things were heard, on a clock that does not jump. Null: never.</summary>
/// <param name="Listening">How long this process has been able to hear.</param>
/// <param name="Deaf">How long ago an earlier process last could; what fell between is unknown to us.</param>
internal sealed record HeartbeatAges(TimeSpan? Ok, TimeSpan? Started, TimeSpan? Failed, int? ExitCode, TimeSpan Listening, TimeSpan? Deaf);
