namespace Candor.Probing;

/// <summary>
/// Notices when this process stood still (stopped, starved, suspended) and when the calendar jumped. Fed at each turn of
/// the scheduler's loop with the clock's readings; holds no clock itself.
/// </summary>
internal sealed class Steadiness(TimeSpan stallAbove, TimeSpan jumpAbove)
{
    private TimeSpan? expected;
    private TimeSpan stallEnd = TimeSpan.MinValue;
    private TimeSpan stallLength;
    private TimeSpan? offset;

    /// <summary>The loop means to turn again at this instant of the steady clock.</summary>
    public void Expect(TimeSpan steady) => expected = steady;

    /// <summary>The loop turned: how long it stood still, if it did.</summary>
    public TimeSpan? Turned(TimeSpan steady)
    {
        if (expected is not { } due || steady - due <= stallAbove)
        {
            return null;
        }

        (stallEnd, stallLength) = (steady, steady - due);
        return stallLength;
    }

    /// <summary>How far the calendar moved against the steady clock since the last call, if it jumped.</summary>
    public TimeSpan? Compare(DateTimeOffset wall, TimeSpan steady)
    {
        var now = TimeSpan.FromTicks(wall.UtcTicks) - steady;
        var before = offset ?? now;
        var moved = now - before;
        var jumped = moved.Duration() > jumpAbove;

        // Slow steering of the clock (NTP) is taken along; it must not add up to a jump.
        offset = jumped || moved.Duration() < TimeSpan.FromSeconds(1) ? now : before;
        return jumped ? moved : null;
    }

    /// <summary>How long we stood still during something that began at <paramref name="since"/>; zero if we did not.</summary>
    public TimeSpan StoodStill(TimeSpan since, TimeSpan steady)
    {
        // The loop itself may not have woken yet from the very stall that made the look fail.
        var now = expected is { } due && steady - due > stallAbove ? steady - due : TimeSpan.Zero;
        var then = stallEnd > since ? stallLength : TimeSpan.Zero;
        return now > then ? now : then;
    }
}
