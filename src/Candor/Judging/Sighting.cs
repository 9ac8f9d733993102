using Candor.State;

namespace Candor.Judging;

/// <summary>
/// What one vantage point has lately seen of one monitor: runs of readings, and the settled reading that survived its
/// repetitions. Readings of <see cref="Reading.None"/> never get here.
/// </summary>
internal sealed record Sighting
{
    /// <summary>The newest reading: by the steady clock, by the calendar, and in words.</summary>
    public required TimeSpan Taken { get; init; }

    public required DateTimeOffset At { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Bad ones in a row, and when the first of them began.</summary>
    public int Bads { get; init; }

    public DateTimeOffset BadSince { get; init; }

    /// <summary>Answers in a row, slow or not.</summary>
    public int Wells { get; init; }

    public DateTimeOffset WellSince { get; init; }

    /// <summary>The answer before the newest one, by the steady clock; null where the newest is the first in a row.</summary>
    public TimeSpan? AnsweredBefore { get; init; }

    public int Goods { get; init; }

    public DateTimeOffset GoodSince { get; init; }

    public int Slows { get; init; }

    public DateTimeOffset SlowSince { get; init; }

    /// <summary>Good, slow or bad often enough in a row; none while it is not settled.</summary>
    public Reading Settled { get; init; }

    public DateTimeOffset SettledSince { get; init; }

    /// <summary>When, by the steady clock, the reading came that settled it.</summary>
    public TimeSpan SettledAt { get; init; }

    /// <summary>
    /// False while it is settled bad and no control target has answered since: until then it may be the vantage point
    /// that fails.
    /// </summary>
    public bool Witnessed { get; init; }

    /// <summary>The newest reading, by the steady clock, that nothing speaks against; null where there was none.</summary>
    public TimeSpan? Trusted { get; init; }

    public DateTimeOffset? TrustedAt { get; init; }

    /// <summary>The newest attempt brought no answer, whoever's fault that was.</summary>
    public bool Failing { get; init; }

    /// <summary>Readings in a row with the same words, amounts aside.</summary>
    public int SameReason { get; init; }

    public Sighting Add(Observation seen, TimeSpan taken, int downAfter, int upAfter) =>
        (seen.Reading switch
        {
            Reading.Bad => this with
            {
                Bads = Bads + 1,
                BadSince = Bads == 0 ? seen.At : BadSince,
                Wells = 0,
                Goods = 0,
                Slows = 0,
                Failing = true,
            },
            Reading.Slow => Answered(seen.At) with
            {
                Slows = Slows + 1,
                SlowSince = Slows == 0 ? seen.At : SlowSince,
                Goods = 0,
            },
            _ => Answered(seen.At) with
            {
                Goods = Goods + 1,
                GoodSince = Goods == 0 ? seen.At : GoodSince,
                Slows = 0,
            },
        }
        with
        {
            Taken = taken,
            At = seen.At,
            Reason = seen.Reason,
            SameReason = Phrases.Same(seen.Reason, Reason) ? SameReason + 1 : 1,
        }).Settle(downAfter, upAfter);

    /// <summary>Nothing speaks against the newest reading; if it settled something bad, that is now beyond doubt.</summary>
    public Sighting Believe() => this with { Witnessed = Settled == Reading.Bad, Trusted = Taken, TrustedAt = At };

    private Sighting Answered(DateTimeOffset at) =>
        this with
        {
            Wells = Wells + 1,
            WellSince = Wells == 0 ? at : WellSince,
            AnsweredBefore = Wells == 0 ? null : Taken,
            Bads = 0,
            Failing = false,
        };

    private Sighting Settle(int downAfter, int upAfter)
    {
        var (reading, since) = this switch
        {
            _ when Bads >= downAfter => (Reading.Bad, BadSince),
            _ when Slows >= downAfter && Wells >= upAfter => (Reading.Slow, SlowSince),
            { Settled: Reading.Bad or Reading.None } when Wells >= upAfter => (Reading.Good, WellSince),
            { Settled: Reading.Slow } when Goods >= upAfter => (Reading.Good, GoodSince),
            _ => (Settled, SettledSince),
        };
        return reading == Settled
            ? this
            : this with { Settled = reading, SettledSince = since, SettledAt = Taken, Witnessed = false };
    }
}
