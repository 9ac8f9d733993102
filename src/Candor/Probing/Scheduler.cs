using Candor.Judging;
using Candor.State;

namespace Candor.Probing;

/// <summary>
/// Looks at every monitor once per interval, each at its own place in the interval, never twice at once. Driven by one
/// timer and the steady clock. A look that begins late is counted; none is skipped in silence.
/// </summary>
internal sealed partial class Scheduler : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    // Looks that come due within it begin together: waking for each would cost as much as the look.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    private readonly VantageId vantage;
    private readonly ProbeTools tools;
    private readonly Func<Observation, CancellationToken, ValueTask> report;
    private readonly SchedulerOptions options;
    private readonly ScheduleMetrics metrics;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly Wakeup wakeup;
    private readonly Steadiness steadiness;
    private readonly Wheel<ScheduledCheck> wheel;
    private readonly Dictionary<MonitorId, ScheduledCheck> checks = [];
    private readonly Queue<ScheduledCheck> crowd = new();
    private readonly long wallTicks;
    private readonly long start;
    private int running;
    private bool isStarting;
    private TimeSpan crowdedSaid = TimeSpan.FromMinutes(-1);

    /// <param name="report">Takes each observation; it may wait, and then its monitor's next look waits too.</param>
    public Scheduler(
        VantageId vantage, ProbeTools tools, Func<Observation, CancellationToken, ValueTask> report,
        SchedulerOptions options, System.Diagnostics.Metrics.IMeterFactory meters, ILogger logger)
    {
        (this.vantage, this.tools, this.report, this.options, this.logger) = (vantage, tools, report, options, logger);
        metrics = new(meters, () => Volatile.Read(ref running));
        wakeup = new(tools.Time);
        steadiness = new(options.StallAbove, options.JumpAbove);
        start = tools.Time.GetTimestamp();

        // Places in the interval refer to the calendar of this moment, so that a restart keeps them; from here on only
        // the steady clock counts.
        wallTicks = tools.Time.GetUtcNow().UtcTicks / Tick.Ticks;
        wheel = new(Now());
    }

    /// <summary>Called when the calendar jumped, with how far.</summary>
    public Action<TimeSpan>? ClockJumped { get; set; }

    /// <summary>Monitors, looks under way, looks waiting for room.</summary>
    public (int Monitors, int Running, int Waiting) Load
    {
        get
        {
            lock (gate)
            {
                return (checks.Count, running, crowd.Count);
            }
        }
    }

    /// <summary>Replaces the plan. Monitors that stay as they are keep their place; new ones are looked at soon.</summary>
    public void Watch(IReadOnlyCollection<MonitorDefinition> monitors)
    {
        lock (gate)
        {
            var wanted = monitors.ToDictionary(m => m.Id);
            foreach (var gone in checks.Values.Where(c => !wanted.TryGetValue(c.Monitor.Id, out var m) || !Same(m, c.Monitor)).ToList())
            {
                gone.IsGone = true;
                wheel.Remove(gone, gone.Due);
                checks.Remove(gone.Monitor.Id);
            }

            // Everybody is seen soon after a start, but not everybody at once.
            var added = wanted.Values.Where(m => !checks.ContainsKey(m.Id)).ToList();
            var first = Math.Max(1, (long)(options.FirstLooksApart * added.Count / Tick));
            foreach (var monitor in added)
            {
                Add(monitor, first);
            }
        }

        SchedulerLog.Watching(logger, monitors.Count, vantage.Value);
        wakeup.Now();
    }

    /// <summary>Looks at one monitor as soon as possible, besides its usual rounds.</summary>
    public void LookNow(MonitorId monitor)
    {
        lock (gate)
        {
            if (checks.TryGetValue(monitor, out var check) && check.WaitingSince is null)
            {
                wheel.Remove(check, check.Due);
                check.Due = Now();
                wheel.Add(check, check.Due);
            }
        }

        wakeup.Now();
    }

    /// <summary>Runs until cancelled; then waits for the looks under way, which are cancelled too.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var due = new List<(ScheduledCheck Check, long Due)>();
        try
        {
            while (true)
            {
                var pause = Turn(due, cancellation);
                await wakeup.PauseAsync(pause, cancellation);
            }
        }
        finally
        {
            Task[] looks;
            lock (gate)
            {
                looks = [.. checks.Values.Select(c => c.Look)];
            }

            await Task.WhenAll(looks);
        }
    }

    public void Dispose() => wakeup.Dispose();

    private static bool Same(MonitorDefinition a, MonitorDefinition b) =>
        a.Check == b.Check && a.Every == b.Every && a.Timeout == b.Timeout;

    private long Now() => wallTicks + (tools.Time.GetElapsedTime(start).Ticks / Tick.Ticks);

    private void Add(MonitorDefinition monitor, long first)
    {
        var interval = Math.Max(1, monitor.Every.Ticks / Tick.Ticks);
        var probe = tools.Open(monitor.Check, tools with { Monitor = monitor.Id });
        var check = new ScheduledCheck(monitor, probe, interval);
        check.Due = Now() + 1 + Spread.Offset(monitor.Id, vantage, Math.Min(first, interval));
        checks[monitor.Id] = check;
        wheel.Add(check, check.Due);
    }
}
