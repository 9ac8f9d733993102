using Candor.Effects;

namespace Candor.Judging;

/// <summary>
/// The time by which promises, pins and maintenance fall due: the calendar's, carried on by the steady clock across a
/// jump, so that a jump fires nothing early. A calendar that has run evenly for an hour since it jumped is believed again:
/// it was put right, or the machine slept.
/// </summary>
internal sealed record Calendar(Moment Anchor)
{
    /// <summary>Differences up to this are the ordinary correction of a clock.</summary>
    public static readonly TimeSpan JumpMin = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan BelieveAfter = TimeSpan.FromHours(1);

    /// <summary>The first moment of a calendar that nobody believes yet, or null.</summary>
    public Moment? Suspect { get; init; }

    /// <summary>What time it is, by this.</summary>
    public DateTimeOffset At(Moment now) => Anchor.Wall + (now.Steady - Anchor.Steady);

    public Calendar Read(Moment now)
    {
        if (Differs(Anchor, now) is false)
        {
            return new(now);
        }

        if (Suspect is not { } suspect || Differs(suspect, now))
        {
            return this with { Suspect = now };
        }

        return now.Steady - suspect.Steady >= BelieveAfter ? new(now) : this;
    }

    private static bool Differs(Moment from, Moment now) =>
        (now.Wall - from.Wall - (now.Steady - from.Steady)).Duration() > JumpMin;
}
