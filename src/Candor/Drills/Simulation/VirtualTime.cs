namespace Candor.Drills.Simulation;

/// <summary>The clocks of a simulated machine: a steady one, and a calendar that can be made to jump.</summary>
internal sealed class VirtualTime(VirtualThread thread, DateTimeOffset start) : TimeProvider
{
    private readonly long began = thread.Now;

    /// <summary>What the calendar is wrong by.</summary>
    public TimeSpan Jump { get; set; }

    /// <summary>Time since the simulation began, which no jump touches.</summary>
    public TimeSpan Elapsed => new(thread.Now - began);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + Elapsed + Jump;

    public override long GetTimestamp() => thread.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(thread, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
