namespace Candor.Notices.Streams;

/// <summary>How what is pending is tried. Apart from <see cref="NoticeStream"/>, for most streams of a crowd are not tried now.</summary>
internal sealed record Trying
{
    /// <summary>Nothing was begun and nothing is held.</summary>
    public static readonly Trying None = new();

    public Attempt? Attempt { get; init; }

    public int Tries { get; init; }

    public DateTimeOffset? FirstTryAt { get; init; }

    public TimeSpan TriedFor { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public int Crashes { get; init; }
}
