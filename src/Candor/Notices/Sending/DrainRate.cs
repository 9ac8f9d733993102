namespace Candor.Notices.Sending;

/// <summary>
/// How fast a backlog goes to one destination: additive increase, multiplicative decrease. It begins at a hundredth of what
/// the destination takes when it is well (at least one a second), rises by a tenth of that every five seconds while errors
/// stay within one percent and answers come less than twice as late as usual, and is halved on stress. Near the rate at which
/// it had too much it rises slowly, so that it stays there for longer than it takes to find it again.
/// </summary>
internal sealed class DrainRate
{
    private const double StartShare = 0.01;
    private const double RiseShare = 0.02; // each second: a tenth in five
    private const double NearShare = 0.8;
    private const double PastShare = 1.1;
    private const double NearRiseShare = 0.02; // of what was too much
    private const double ErrorShare = 0.01;
    private const int WindowSteps = 5;
    private const int WindowAnswers = 100;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly double nominal;
    private readonly UsualLatency latency = new();
    private double tokens = 1;
    private TimeSpan at;
    private TimeSpan stepEnds;
    private readonly Queue<(int Answers, int Errors)> window = new();
    private int answers;
    private int errors;

    /// <summary>What was too much the last time; null where that is not known, or is so no more.</summary>
    private double? tooMuch;

    /// <param name="start">Where it is known what it has taken: half of that. The least is the same.</param>
    public DrainRate(double nominal, TimeSpan now, double start = 0)
    {
        this.nominal = nominal;
        (at, stepEnds, HalvedAt) = (now, now + Step, now - Step);
        PerSecond = Math.Max(Math.Max(1, nominal * StartShare), Math.Min(start, nominal));
    }

    public double PerSecond { get; private set; }

    /// <summary>When it was slowed down last, or began.</summary>
    public TimeSpan HalvedAt { get; private set; }

    /// <summary>It goes as fast as the destination takes when it is well.</summary>
    public bool IsAtNominal => PerSecond >= nominal;

    /// <summary>Whether one may go. What is fresh may borrow a little where it would have to wait for a backlog.</summary>
    public bool HasRoom(TimeSpan now, bool borrows)
    {
        Refill(now);
        return tokens >= (borrows ? 1 - Saved : 1);
    }

    public void Take() => tokens--;

    /// <summary>A tenth of a second's worth may be saved up or borrowed: a burst would go over the limit however low the rate.</summary>
    private double Saved => Math.Max(1, PerSecond / 10);

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
        if (stress && Halve(now) is { } before)
        {
            tooMuch = before;
        }
    }

    private void Refill(TimeSpan now)
    {
        if (now <= at)
        {
            return;
        }

        tokens = Math.Min(tokens + PerSecond * (now - at).TotalSeconds, Saved);
        at = now;
        if (now >= stepEnds)
        {
            TakeStep(now);
        }
    }

    private void TakeStep(TimeSpan now)
    {
        var tooMany = HasTooManyErrors();
        if (latency.WasExceeded() || (tooMany && errors > 0))
        {
            Halve(now);
        }
        else if (!tooMany && answers > 0 && now - HalvedAt >= Step)
        {
            PerSecond = Math.Min(nominal, Risen());
            tooMuch = PerSecond > tooMuch * PastShare ? null : tooMuch;
        }

        (answers, errors, stepEnds) = (0, 0, now + Step);
    }

    /// <summary>Of the last hundred answers, or of the last five seconds where they are fewer: in one second one of few says nothing yet, and all of few a lot.</summary>
    private bool HasTooManyErrors()
    {
        window.Enqueue((answers, errors));
        while (window.Count > WindowSteps || window.Sum(static one => one.Answers) - window.Peek().Answers >= WindowAnswers)
        {
            window.Dequeue();
        }

        return window.Sum(static one => one.Errors) > window.Sum(static one => one.Answers) * ErrorShare;
    }

    private double Risen()
    {
        var risen = PerSecond + (nominal * RiseShare);
        return tooMuch is { } known ? Math.Min(risen, Math.Max(known * NearShare, PerSecond + (known * NearRiseShare))) : risen;
    }

    /// <summary>One sign of stress comes with many answers; they are one sign. What it was before, or null where it is that one sign still.</summary>
    private double? Halve(TimeSpan now)
    {
        if (now - HalvedAt < Step)
        {
            return null;
        }

        var before = PerSecond;
        PerSecond = Math.Max(1, PerSecond / 2);
        tokens = Math.Min(tokens, 0);
        HalvedAt = now;
        return before;
    }
}
