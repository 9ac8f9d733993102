namespace Candor.Notices.Sending;

/// <summary>
/// Retries to one destination: at most a tenth of the first attempts of the last minute, and at least one a second. So a
/// destination that fails is not hit harder because it fails.
/// </summary>
internal sealed class RetryBudget
{
    private const int Seconds = 60;
    private const double Share = 0.1;

    private readonly (long Second, int Firsts, int Retries)[] buckets = new (long, int, int)[Seconds];

    /// <summary>Whether one is left. Looking takes none: whoever may not go for another reason has used nothing up.</summary>
    public bool HasRoom(TimeSpan now)
    {
        var (firsts, retries) = Sums(now);
        return At(now).Retries < 1 || retries < Share * firsts;
    }

    public void CountRetry(TimeSpan now) => At(now).Retries++;

    public void CountFirst(TimeSpan now) => At(now).Firsts++;

    private (int Firsts, int Retries) Sums(TimeSpan now)
    {
        var oldest = (long)now.TotalSeconds - Seconds;
        var (firsts, retries) = (0, 0);
        foreach (var bucket in buckets)
        {
            if (bucket.Second > oldest)
            {
                firsts += bucket.Firsts;
                retries += bucket.Retries;
            }
        }

        return (firsts, retries);
    }

    private ref (long Second, int Firsts, int Retries) At(TimeSpan now)
    {
        var second = (long)now.TotalSeconds;
        ref var bucket = ref buckets[second % Seconds];
        if (bucket.Second != second)
        {
            bucket = (second, 0, 0);
        }

        return ref bucket;
    }
}
