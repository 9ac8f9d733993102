using Candor.State;

namespace Candor.Notices.Rules;

/// <summary>Something that was said on a topic, by its number.</summary>
/// <param name="At">When readers could first read it.</param>
/// <param name="Quiet">Nobody is told of it.</param>
internal readonly record struct Saying(int Seq, DateTimeOffset At, bool Quiet, bool Automatic);
