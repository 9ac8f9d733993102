namespace Candor.Notices.Sending;

/// <summary>
/// How fast a receiver is written to. What is fresh goes unhindered while the receiver is well; what is late or was tried
/// before goes by a <see cref="DrainRate"/>, and everything does once the receiver has shown stress or comes back.
/// </summary>
internal sealed class Pace(double nominal)
{
    /// <summary>So long without a reason to slow down, and it is well again, however little went there meanwhile.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(5);

    private DrainRate? drain;
    private (long Second, int Answers) recent;

    /// <summary>
    /// It had too much, or comes back: everything goes by the rate until that is as high as it takes when it is well, or until
    /// nothing has been wrong for minutes. Where few are told, the rate would take months to rise.
    /// </summary>
    public bool IsStressed { get; private set; }

    /// <summary>Null: as fast as it takes.</summary>
    public double? PerSecond => drain?.PerSecond;

    /// <param name="borrows">It need not wait for what is behind.</param>
    public bool HasRoom(TimeSpan now, bool fresh, bool borrows)
    {
        Lapse(now);
        return IsFree(fresh) || drain?.HasRoom(now, borrows) != false;
    }

    /// <summary>One goes. The first that is late begins the drain.</summary>
    public void Take(TimeSpan now, bool fresh)
    {
        if (!IsFree(fresh))
        {
            drain ??= new(nominal, now);
            drain.Take();
        }
    }

    /// <summary>When there will be room for one that is late; at the earliest now.</summary>
    public TimeSpan NextAt(TimeSpan now) => drain?.NextAt(now) ?? now;

    public void Answered(TimeSpan now, TimeSpan took, bool failed, bool stress)
    {
        Count(now);
        drain?.Answered(now, took, failed, stress);
        Lapse(now);
        if (stress && !IsStressed)
        {
            (drain, IsStressed) = (new(nominal, now, recent.Answers / 2.0), true);
        }
    }

    /// <summary>Whoever was away comes back slowly.</summary>
    public void CameBack(TimeSpan now) => (drain, IsStressed) = (new(nominal, now), true);

    /// <summary>Nothing that is late waits any more.</summary>
    public void Drained()
    {
        if (!IsStressed || drain is null or { IsAtNominal: true })
        {
            (drain, IsStressed) = (null, false);
        }
    }

    private void Lapse(TimeSpan now) => IsStressed = IsStressed && !(now - drain?.HalvedAt >= Calm);

    private bool IsFree(bool fresh) => fresh && !IsStressed;

    private void Count(TimeSpan now)
    {
        var second = (long)now.TotalSeconds;
        recent = recent.Second == second ? (second, recent.Answers + 1) : (second, 1);
    }
}
