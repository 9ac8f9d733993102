using Candor.Notices.Channels;

namespace Candor.Notices.Sending;

/// <summary>
/// The one server by which a whole channel goes, whatever the destinations: the owner's mail server. It is what a backlog
/// falls upon, and a hundred destinations that each begin slowly are no slow beginning for it. It knows its pace and
/// whether it was away, and holds no probe up: that is for the destinations.
/// </summary>
internal sealed class OneServer(double nominal)
{
    private readonly Breaker breaker = new();
    private readonly Pace pace = new(nominal);

    public bool IsStressed => pace.IsStressed;

    /// <summary>Null: as fast as it takes.</summary>
    public double? PerSecond => pace.PerSecond;

    /// <param name="borrows">It need not wait for what is behind.</param>
    public bool HasRoom(TimeSpan now, bool fresh, bool borrows) => pace.HasRoom(now, fresh, borrows);

    public void Take(TimeSpan now, bool fresh) => pace.Take(now, fresh);

    /// <summary>
    /// Whether the server itself has too much, which it says; then that is nothing of the domain. What it says of a recipient, and
    /// silence, are no reason to spare it.
    /// </summary>
    public static bool HasTooMuch(Handover handover) => handover is { Stress: true, Blame: not Blame.Recipient, Reason: not "timeout" };

    /// <summary>It takes mail, only not so fast, and whoever this was for has nothing to do with it.</summary>
    public static bool IsOneTooMany(Handover handover) => handover.Blame == Blame.None && HasTooMuch(handover);

    /// <summary>True where it had been away and is back.</summary>
    /// <param name="behind">Something that is late or was tried before still waits.</param>
    public bool Answered(TimeSpan now, Handover handover, bool behind)
    {
        var failed = handover.End != HandoverEnd.Delivered && handover.Blame == Blame.Destination;

        // How long an answer takes may be that of one recipient's domain, which the server asks.
        pace.Answered(now, TimeSpan.Zero, failed, HasTooMuch(handover));
        var isBack = false;
        if (failed)
        {
            breaker.Failed(now, chance: 0);
        }
        else if (handover.End == HandoverEnd.Delivered || handover.Blame == Blame.Recipient)
        {
            isBack = breaker.Succeeded();
        }

        if (isBack)
        {
            pace.CameBack(now);
        }

        if (!behind)
        {
            pace.Drained();
        }

        return isBack;
    }
}
