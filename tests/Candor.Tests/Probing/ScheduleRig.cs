using System.Diagnostics.Metrics;
using Candor.Judging;
using Candor.Probing;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Effects;
using Candor.Tests.Pages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Probing;

/// <summary>A scheduler in virtual time on one thread, with probes that do what a test says.</summary>
internal sealed class ScheduleRig : IDisposable
{
    private readonly OneThread thread = new();
    private readonly CancellationTokenSource stop = new();
    private readonly ShiftedTime clock;
    private readonly Task running;

    public ScheduleRig(SchedulerOptions? options = null)
    {
        clock = new(Time);
        Tools = new(new FakeNetwork(), clock, new Candor.Effects.SystemRandomness()) { Open = (check, _) => new FakeProbe(this, check.Target) };
        Scheduler = new(
            VantageId.Local, Tools, Take, options ?? SchedulerOptions.Default, new OneMeterFactory(), NullLogger.Instance)
        {
            ClockJumped = Jumps.Add,
        };
        running = thread.Run(() => Scheduler.RunAsync(stop.Token));
    }

    public ManualTimeProvider Time { get; } = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public ProbeTools Tools { get; }

    public Scheduler Scheduler { get; }

    public List<Observation> Seen { get; } = [];

    public List<TimeSpan> Jumps { get; } = [];

    /// <summary>Target and steady time of every look that began.</summary>
    public List<(string Target, TimeSpan At)> Began { get; } = [];

    public int Running { get; private set; }

    public int RunningMost { get; private set; }

    public Func<string, TimeSpan, CancellationToken, ValueTask<Finding>> Look { get; set; } = (_, _, _) => new(Finding.Good);

    public Func<Observation, CancellationToken, ValueTask> Report { get; set; } = (_, _) => ValueTask.CompletedTask;

    public static MonitorDefinition Monitor(string id, double everySeconds, double timeoutSeconds = 1) =>
        new(new(id), new("fake", id, "{}"), TimeSpan.FromSeconds(everySeconds), TimeSpan.FromSeconds(timeoutSeconds), JudgingRules.Default);

    public void Watch(params MonitorDefinition[] monitors)
    {
        Scheduler.Watch(monitors);
        thread.RunUntilIdle();
    }

    /// <summary>Lets time pass in small steps, running everything that wakes up in between.</summary>
    public void Pass(double seconds, double stepSeconds = 0.005)
    {
        for (var left = seconds; left > 1e-9; left -= stepSeconds)
        {
            Time.Advance(TimeSpan.FromSeconds(Math.Min(left, stepSeconds)));
            thread.RunUntilIdle();
        }
    }

    /// <summary>Time passes while this process does not run.</summary>
    public void StandStill(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public void Run() => thread.RunUntilIdle();

    public void JumpWallClock(TimeSpan by) => clock.Shift += by;

    public void Dispose()
    {
        stop.Cancel();
        thread.RunUntilIdle();
        Assert.True(running.IsCompleted);
        Scheduler.Dispose();
        stop.Dispose();
    }

    private ValueTask Take(Observation seen, CancellationToken cancellation)
    {
        Seen.Add(seen);
        return Report(seen, cancellation);
    }

    private sealed class FakeProbe(ScheduleRig rig, string target) : IProbe
    {
        private int inside;

        public async ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation)
        {
            Assert.Equal(1, ++inside);
            rig.Began.Add((target, TimeSpan.FromTicks(rig.Time.GetTimestamp())));
            rig.RunningMost = Math.Max(rig.RunningMost, ++rig.Running);
            try
            {
                return await rig.Look(target, timeout, cancellation);
            }
            finally
            {
                inside--;
                rig.Running--;
            }
        }
    }

    /// <summary>The steady clock and timers of another provider under a calendar that can be set.</summary>
    private sealed class ShiftedTime(TimeProvider inner) : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Shift;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            inner.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class OneMeterFactory : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
