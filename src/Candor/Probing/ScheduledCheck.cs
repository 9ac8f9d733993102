using Candor.State;

namespace Candor.Probing;

/// <summary>A monitor on the wheel. Guarded by the scheduler's lock.</summary>
internal sealed class ScheduledCheck(MonitorDefinition monitor, IProbe probe, long interval)
{
    public MonitorDefinition Monitor { get; } = monitor;

    public IProbe Probe { get; } = probe;

    /// <summary>In ticks.</summary>
    public long Interval { get; } = interval;

    /// <summary>Its place on the wheel.</summary>
    public long Due { get; set; }

    /// <summary>The look under way, or the last one.</summary>
    public Task Look { get; set; } = Task.CompletedTask;

    public bool IsRunning { get; set; }

    /// <summary>The tick at which a look became due that has not begun yet: it waits for the one before, or for room.</summary>
    public long? WaitingSince { get; set; }

    /// <summary>Taken out of the settings; a look under way is not reported any more.</summary>
    public bool IsGone { get; set; }
}
