using System.Collections.Immutable;
using Candor.Effects;
using Candor.Judging;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Tests.Judging;

/// <summary>A timetable for the judge: time passes, places report, facts follow and are folded.</summary>
internal sealed class Story
{
    public static readonly DateTimeOffset T0 = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    public static readonly VantageId Eu = new("eu");
    public static readonly VantageId Us = new("us");
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);

    private readonly Dictionary<(MonitorId, VantageId), (Reading Reading, string Reason)> services = [];
    private readonly Dictionary<(VantageId, string), bool> controls = [];
    private readonly HashSet<VantageId> silent = [];
    private int ids;

    public Story(Policy? policy = null)
    {
        Say(new PolicyConfigured(T0, policy ?? Policy.Default));
        Sitting = Sitting.Begin(Now, aliveUntil: null);
        foreach (var target in World.Policy.Controls)
        {
            controls[(VantageId.Local, target)] = true;
        }
    }

    public World World { get; private set; } = World.Empty;

    public Sitting Sitting { get; private set; }

    public TimeSpan Elapsed { get; private set; }

    /// <summary>What the wall clock is wrong by.</summary>
    public TimeSpan Jump { get; set; }

    public Moment Now => new(T0 + Elapsed + Jump, Start + Elapsed);

    /// <summary>Whether the journal takes what follows.</summary>
    public bool IsStoring { get; set; } = true;

    public List<Event> Events { get; } = [];

    public IEnumerable<MonitorJudged> Verdicts => Events.OfType<MonitorJudged>();

    public Incident OnlyIncident => Assert.Single(World.Incidents.Values);

    public static string At(DateTimeOffset time) => (time - T0).TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public Story Monitor(
        string id, int every = 10, string? component = null, string[]? dependsOn = null, VantageId[]? from = null,
        JudgingRules? rules = null, string[]? regions = null)
    {
        Say(new MonitorAdded(Now.Wall, new(new(id), new("http", $"https://{id}.example/", "{}"),
            TimeSpan.FromSeconds(every), TimeSpan.FromSeconds(5), rules ?? JudgingRules.Default)
        {
            DependsOn = [.. (dependsOn ?? []).Select(parent => new MonitorId(parent))],
            From = [.. from ?? []],
            Regions = [.. regions ?? []],
        }));
        return component is null ? this : Component(component, [id], regions: regions);
    }

    public Story Component(string name, string[] monitors, Redundancy? redundancy = null, string[]? regions = null)
    {
        Say(new ComponentAdded(Now.Wall, new(new(name), name, null, World.Components.Count)
        {
            Monitors = [.. monitors.Select(monitor => new MonitorId(monitor))],
            Redundancy = redundancy,
            Regions = [.. regions ?? []],
        }));
        return this;
    }

    public Story Service(string monitor, Reading reading, string reason = "connection refused", VantageId? from = null)
    {
        foreach (var vantage in from is { } one ? [one] : World.Policy.Vantages)
        {
            services[(new(monitor), vantage)] = (reading, reason);
        }

        return this;
    }

    public Story Control(string target, bool answers, VantageId? at = null)
    {
        controls[(at ?? VantageId.Local, target)] = answers;
        return this;
    }

    public Story Silence(VantageId vantage, bool isSilent = true)
    {
        _ = isSilent ? silent.Add(vantage) : silent.Remove(vantage);
        return this;
    }

    public Story AllControls(bool answer)
    {
        foreach (var key in controls.Keys.ToList())
        {
            controls[key] = answer;
        }

        return this;
    }

    /// <summary>Lets seconds pass: each second a tick, every third the control targets, each monitor at its interval.</summary>
    public Story Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Elapsed += TimeSpan.FromSeconds(1);
            Commit(Sitting.Tick(World, Now, NewId));
            var second = (int)Elapsed.TotalSeconds;
            Commit(Sitting.Hear(World, [.. Probes(second), .. Controls(second)], Now, NewId));
        }

        return this;
    }

    public Story Hear(params Sign[] signs)
    {
        Commit(Sitting.Hear(World, signs, Now, NewId));
        return this;
    }

    /// <summary>The process starts again: what was only remembered is gone.</summary>
    public Story Restart(DateTimeOffset? aliveUntil = null)
    {
        Sitting = Sitting.Begin(Now, aliveUntil);
        return this;
    }

    public Story Say(params Event[] happened)
    {
        foreach (var e in happened)
        {
            Events.Add(e);
            World = World.Fold(World, e);
        }

        return this;
    }

    public Verdict VerdictOf(string monitor) => World.Monitors[new(monitor)].Verdict;

    public Monitor MonitorOf(string monitor) => World.Monitors[new(monitor)];

    public ComponentState StateOf(string component) => World.Components[new(component)].State;

    private IEnumerable<Sign> Probes(int second) =>
        from monitor in World.Monitors.Values
        orderby monitor.Id.Value
        where second % (int)monitor.Definition.Every.TotalSeconds == 0
        from vantage in Judge.VantagesOf(World, monitor.Definition)
        where !silent.Contains(vantage)
        let seen = services.GetValueOrDefault((monitor.Id, vantage), (Reading.Good, ""))
        select new Observation(monitor.Id, vantage, Now.Wall, seen.Item1, seen.Item2, TimeSpan.FromMilliseconds(20));

    private IEnumerable<Sign> Controls(int second) =>
        from control in controls
        where second % 3 == 0 && !silent.Contains(control.Key.Item1)
        orderby control.Key.Item2
        select new ControlReading(control.Key.Item1, control.Key.Item2, Now.Wall, control.Value, $"{control.Key.Item2} is silent");

    private IncidentId NewId() => new($"incident{++ids}");

    private void Commit((Sitting Next, ImmutableArray<Event> Events) step)
    {
        if (step.Events.IsEmpty || IsStoring)
        {
            Sitting = step.Next;
            Say([.. step.Events]);
        }
        else
        {
            Sitting = Sitting.Unstored(step.Next);
        }
    }
}
