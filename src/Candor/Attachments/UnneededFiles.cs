namespace Candor.Attachments;

/// <summary>
/// Which files may go. That no words name a file proves little: the journal beside it may be new, half imported, or older than
/// the file, and these may be the only bytes there are. So a file goes at once only where words named it in this life of the
/// process and do not any more, which is somebody's intent; any other when it has been unneeded for long.
/// </summary>
internal sealed class UnneededFiles(FileLimits limits, TimeProvider time)
{
    private readonly long startedAt = time.GetTimestamp();
    private readonly HashSet<string> spoken = new(StringComparer.Ordinal);
    private Dictionary<string, long> since = new(StringComparer.Ordinal);

    /// <summary>Remembers what words name now.</summary>
    public void Look(IEnumerable<string> named) => spoken.UnionWith(named);

    /// <summary>Those of all files that may go now.</summary>
    /// <param name="needed">What words or uploads have.</param>
    /// <param name="writtenAt">When a file was written.</param>
    public IReadOnlyList<string> Of(IEnumerable<string> all, IReadOnlySet<string> needed, Func<string, DateTimeOffset> writtenAt)
    {
        if (time.GetElapsedTime(startedAt) < limits.NothingGoesFor)
        {
            return [];
        }

        var now = time.GetTimestamp();
        since = all.Where(hash => !needed.Contains(hash))
            .ToDictionary(static hash => hash, hash => since.GetValueOrDefault(hash, now), StringComparer.Ordinal);
        var gone = since.Where(one => spoken.Contains(one.Key)
                || (time.GetElapsedTime(one.Value, now) >= limits.UnneededFor && time.GetUtcNow() - writtenAt(one.Key) > limits.UnneededAge))
            .Select(static one => one.Key).ToList();
        spoken.IntersectWith(needed);
        return gone;
    }
}
