using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>Something that was said on a topic, by its number.</summary>
/// <param name="At">When readers could first read it.</param>
/// <param name="Quiet">Nobody is told of it.</param>
internal readonly record struct Saying(int Seq, DateTimeOffset At, bool Quiet, bool Automatic)
{
    /// <summary>It was said for everybody once and was taken away since; whoever was told of it was.</summary>
    public bool IsTakenBack { get; init; }

    /// <summary>The end of what it went on in. People hear of that there; a program that keeps a list of what is open closes this one by it.</summary>
    public bool IsEndElsewhere { get; init; }
}
