using Candor.State;

namespace Candor.Probing.Heartbeat;

/// <summary>What was heard of one job, with stamps of the clock that does not jump.</summary>
internal sealed record HeartbeatMarks(HeartbeatState State, HeartbeatMark? Ok, HeartbeatMark? Started, HeartbeatMark? Failed)
{
    public static readonly HeartbeatMarks Nothing = new(HeartbeatState.Nothing, null, null, null);

    public HeartbeatMarks(HeartbeatState state, TimeSpan? ok, TimeSpan? started, TimeSpan? failed, long stamp)
        : this(state, Mark(ok, stamp), Mark(started, stamp), state.OkAt >= state.FailedAt ? null : Mark(failed, stamp))
    {
    }

    public HeartbeatMarks With(Beat beat, DateTimeOffset at, long stamp) => beat.Kind switch
    {
        // It failed before that, and does no more: ages that a clock has cut off could not say which was the later one.
        BeatKind.Ok => this with { State = State with { OkAt = at, ExitCode = null }, Ok = new(TimeSpan.Zero, stamp), Failed = null },
        BeatKind.Start => this with { State = State with { StartedAt = at }, Started = new(TimeSpan.Zero, stamp) },
        BeatKind.Fail => this with
        {
            State = State with { FailedAt = at, ExitCode = beat.ExitCode },
            Failed = new(TimeSpan.Zero, stamp),
        },
        _ => throw new System.Diagnostics.UnreachableException($"{beat.Kind} is not a kind of beat."),
    };

    private static HeartbeatMark? Mark(TimeSpan? age, long stamp) => age is { } known ? new(known, stamp) : null;
}

/// <summary>An age, and when it was that old.</summary>
internal readonly record struct HeartbeatMark(TimeSpan Then, long Stamp)
{
    public TimeSpan Age(TimeProvider time) => Then + time.GetElapsedTime(Stamp);
}
