using Candor.State;

namespace Candor.Notices.Streams;

/// <summary>What came of the attempts of a stream so far. Apart from <see cref="NoticeStream"/>, for a crowd begins with none.</summary>
internal sealed record Answers
{
    public static readonly Answers None = new();

    public bool MayKnow { get; init; }

    public DateTimeOffset? HandedOverAt { get; init; }

    public TimeSpan? HandedOverLate { get; init; }

    public bool LastAutomatic { get; init; }

    public Impact LastImpact { get; init; }

    public string? Reason { get; init; }

    public string? Said { get; init; }

    public string? Receipt { get; init; }
}
