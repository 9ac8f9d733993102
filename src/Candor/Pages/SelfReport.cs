using System.Collections.Immutable;
using Candor.Watching;

namespace Candor.Pages;

/// <summary>What readers should know of Candor itself: one problem, in a sentence, and since when.</summary>
internal sealed record SelfProblem(string Sentence, DateTimeOffset? Since)
{
    /// <summary>The <see cref="Key"/> of a page that nobody vouches for.</summary>
    public const string NotRenewed = "unvouched";

    /// <summary>Of a channel: nothing goes out by it, which is more than being late.</summary>
    public bool IsStopped => Sentence.EndsWith(Problem.NothingGoesOut, StringComparison.Ordinal);

    /// <summary>What has the problem, as whoever watches it names it.</summary>
    public string Key { get; init; } = "";
}

/// <summary>Candor's own health: a disk that is full, settings that are broken, a journal that stalls, facts it cannot read.</summary>
internal sealed record SelfReport(ImmutableArray<SelfProblem> Problems, string Version)
{
    public static readonly SelfReport Well = new([], "");
}
