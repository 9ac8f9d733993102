using System.Collections.Immutable;
using Candor.State;

namespace Candor.Judging;

/// <summary>Failures of one monitor in a row, seen from one place, of which the first came late.</summary>
/// <param name="Since">When the first of them was seen.</param>
/// <param name="Count">Those of which it is known that the place itself could see.</param>
internal sealed record LateRun(DateTimeOffset Since, DateTimeOffset LastAt, int Count)
{
    /// <summary>The oldest failure of which that is not known yet; null where there is none.</summary>
    public DateTimeOffset? PendingSince { get; init; }

    public int Pending { get; init; }

    /// <summary>Incidents that may have begun with it, looked for once: when it became long enough.</summary>
    public ImmutableArray<IncidentId>? About { get; init; }

    public static LateRun Of(DateTimeOffset at) => new(at, at, 0) { PendingSince = at, Pending = 1 };

    public LateRun With(DateTimeOffset at) => at > LastAt
        ? this with { LastAt = at, PendingSince = PendingSince ?? at, Pending = Pending + 1 }
        : this;

    /// <summary>
    /// What is known of it by now: a place that saw something then is believed; null where it did not, or where nothing has
    /// shown so for too long.
    /// </summary>
    /// <param name="witness">Null where the place was given nothing to prove itself by: it is believed.</param>
    public LateRun? Settle(LateWitness? witness, DateTimeOffset now) => (PendingSince, witness) switch
    {
        (null, _) => this,
        (_, null) => Proven(),
        ({ } since, { } seen) when since >= seen.From && LastAt <= seen.Until => Proven(),
        ({ } since, { } seen) when since >= seen.From && now - since <= Lookout.Fresh => this,
        _ => null,
    };

    private LateRun Proven() => this with { Count = Count + Pending, PendingSince = null, Pending = 0 };
}
