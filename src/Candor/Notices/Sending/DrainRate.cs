namespace Candor.Notices.Sending;

/// <summary>
/// How fast a backlog goes to one destination: additive increase, multiplicative decrease. It begins at a hundredth of what
/// the destination takes when it is well (at least one a second), rises by a tenth of that every five seconds while errors
/// stay within one percent and answers come less than twice as late as usual, and is halved on stress.
/// </summary>
internal sealed class DrainRate
{
    private const double StartShare = 0.01;
    private const double RiseShare = 0.02; // each second: a tenth in five
    private const double ErrorShare = 0.01;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BorrowedMost = TimeSpan.FromSeconds(2);

    private readonly double nominal;
    private readonly UsualLatency latency = new();
    private double tokens = 1;
    private TimeSpan at;
    private TimeSpan stepEnds;
    private TimeSpan halvedAt;
    private int answers;
    private int errors;

    /// <param name="start">Where it is known what it has taken: half of that. The least is the same.</param>
    public DrainRate(double nominal, TimeSpan now, double start = 0)
    {
        this.nominal = nominal;
        (at, stepEnds, halvedAt) = (now, now + Step, now - Step);
        PerSecond = Math.Max(Math.Max(1, nominal * StartShare), Math.Min(start, nominal));
    }

    public double PerSecond { get; private set; }

    /// <summary>It goes as fast as the destination takes when it is well.</summary>
    public bool IsAtNominal => PerSecond >= nominal;

    /// <summary>What is fresh may borrow a little, so that it need not wait for the backlog.</summary>
    public bool TryTake(TimeSpan now, bool fresh)
    {
        Refill(now);
        if (fresh ? tokens <= -PerSecond * BorrowedMost.TotalSeconds : tokens < 1)
        {
            return false;
        }

        tokens--;
        return true;
    }

    /// <summary>When there will be room for one that may not borrow.</summary>
    public TimeSpan NextAt(TimeSpan now)
    {
        Refill(now);
        return tokens >= 1 ? now : now + TimeSpan.FromSeconds((1 - tokens) / PerSecond);
    }

    public void Answered(TimeSpan now, TimeSpan took, bool failed, bool stress)
    {
        Refill(now);
        answers++;
        errors += failed ? 1 : 0;
        latency.Count(took);
        if (stress)
        {
            Halve(now);
        }
    }

    private void Refill(TimeSpan now)
    {
        if (now <= at)
        {
            return;
        }

        // No more than a tenth of a second is saved up: a burst would go over the limit however low the rate.
        tokens = Math.Min(tokens + PerSecond * (now - at).TotalSeconds, Math.Max(1, PerSecond / 10));
        at = now;
        if (now >= stepEnds)
        {
            TakeStep(now);
        }
    }

    private void TakeStep(TimeSpan now)
    {
        if (latency.WasExceeded() || errors > Math.Max(1, answers * ErrorShare))
        {
            Halve(now);
        }
        else if (answers > 0 && now - halvedAt >= Step)
        {
            PerSecond = Math.Min(nominal, PerSecond + nominal * RiseShare);
        }

        (answers, errors, stepEnds) = (0, 0, now + Step);
    }

    /// <summary>One sign of stress comes with many answers; they are one sign.</summary>
    private void Halve(TimeSpan now)
    {
        if (now - halvedAt < Step)
        {
            return;
        }

        PerSecond = Math.Max(1, PerSecond / 2);
        tokens = Math.Min(tokens, 0);
        halvedAt = now;
    }
}
