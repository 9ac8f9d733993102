using Candor.State;

namespace Candor.Judging;

/// <summary>Something that a vantage point reported: an observation, a control target's answer, or that it lives.</summary>
internal abstract record Sign(VantageId Vantage, DateTimeOffset At)
{
    /// <summary>How old it was when it arrived, by the clock of who took it that cannot jump. Zero unless it was kept back.</summary>
    public TimeSpan Age { get; init; }
}

/// <summary>Whether a control target answered: the gateway, the resolvers, or a place the operator chose.</summary>
/// <param name="Target">Its name in the settings: "gateway", "resolvers", "example.org:443".</param>
/// <param name="Reason">One phrase for readers where it did not: "the default gateway does not answer".</param>
internal sealed record ControlReading(VantageId Vantage, string Target, DateTimeOffset At, bool Answered, string Reason)
    : Sign(Vantage, At);

/// <summary>
/// A reading that was no longer fresh when it arrived. It is evidence of nothing that is so now, so it is no
/// <see cref="Observation"/>: no verdict can come of it.
/// </summary>
internal sealed record LateReading(MonitorId Monitor, VantageId Vantage, DateTimeOffset At, Reading Reading) : Sign(Vantage, At);

/// <summary>Whether a control target answered, when that was no longer fresh: it tells late readings that can be believed from others.</summary>
internal sealed record LateControl(VantageId Vantage, string Target, DateTimeOffset At, bool Answered) : Sign(Vantage, At);

/// <summary>A remote vantage point is there, whether or not it had anything to report.</summary>
internal sealed record VantageHeard(VantageId Vantage, DateTimeOffset At) : Sign(Vantage, At);
