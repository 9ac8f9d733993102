namespace Candor.Effects;

/// <summary>
/// An instant by both clocks: what the calendar says, which may jump, and a steady one, which may not. Facts and texts
/// carry the first; whatever waits or grows old is measured with the second.
/// </summary>
internal readonly record struct Moment(DateTimeOffset Wall, TimeSpan Steady)
{
    public static Moment Now(TimeProvider time) => new(time.GetUtcNow(), time.GetElapsedTime(0));
}
