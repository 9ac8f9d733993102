using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Candor.Drills.Simulation;

/// <summary>One simulated service and the monitor that watches it.</summary>
/// <param name="Kind">"tcp" or "icmp".</param>
internal sealed record SimulatedTarget(string Name, string Kind, TimeSpan Every, TimeSpan Timeout)
{
    public string Host => $"{Name}.sim.example";
}

/// <summary>Everything that will happen in a run, decided by its seed before it begins.</summary>
internal sealed record Script(TimeSpan Length, ImmutableArray<SimulatedTarget> Services, ImmutableArray<Fault> Faults, string Settings)
{
    private static readonly FaultKind[] OfServices = [FaultKind.Refuses, FaultKind.Hangs, FaultKind.Resets, FaultKind.Slow];

    private static readonly FaultKind[] OfNodes =
    [
        FaultKind.Blind, FaultKind.NoNames, FaultKind.ClockJumps, FaultKind.JournalFails, FaultKind.DiskFails,
        FaultKind.Crash, FaultKind.Restart, FaultKind.SettingsEdited, FaultKind.PersonPosts,
    ];

    /// <summary>The first minutes are calm, so that there is something to lose; so are the last, so that it can settle.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(3);

    public static Script From(SeededRandomness random, TimeSpan length)
    {
        var services = Enumerable.Range(1, random.Int(3, 7)).Select(i => MakeService(random, i)).ToImmutableArray();
        var until = length - Calm - Calm;
        var faults = ImmutableArray.CreateBuilder<Fault>();
        foreach (var service in services)
        {
            AddServiceFaults(random, service, until, faults);
        }

        for (var i = random.Int(0, 5); i > 0; i--)
        {
            faults.Add(MakeNodeFault(random, until));
        }

        faults.Sort((a, b) => a.From.CompareTo(b.From));
        return new(length, services, faults.ToImmutable(), SettingsFor(random, services));
    }

    public bool IsOn(FaultKind kind, TimeSpan at) => Faults.Any(fault => fault.Kind == kind && fault.IsOn(at));

    /// <summary>How a service behaves at an instant; null while it is well.</summary>
    public FaultKind? StateOf(string service, TimeSpan at)
    {
        FaultKind? worst = null;
        foreach (var fault in Faults)
        {
            if (fault.Service == service && fault.IsOn(at) && (worst is null or FaultKind.Slow))
            {
                worst = fault.Kind;
            }
        }

        return worst;
    }

    private static SimulatedTarget MakeService(SeededRandomness random, int number)
    {
        // An echo is sent up to three times within the timeout, so a slow answer needs a longer one.
        var isEcho = random.Chance(0.2);
        return new(
            $"service-{number}",
            isEcho ? "icmp" : "tcp",
            TimeSpan.FromSeconds(random.Pick([10, 10, 20, 30])),
            TimeSpan.FromSeconds(isEcho ? 5 : random.Pick([2, 5])));
    }

    private static void AddServiceFaults(
        SeededRandomness random, SimulatedTarget service, TimeSpan until, ImmutableArray<Fault>.Builder faults)
    {
        for (var i = random.Int(0, 3); i > 0; i--)
        {
            var from = random.Span(Calm, until);
            if (random.Chance(0.25))
            {
                Flap(random, service, from, until, faults);
                continue;
            }

            var lasts = random.Span(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(random.Pick([1, 5, 10])));
            faults.Add(new(random.Pick(OfServices), service.Name, from, Earlier(from + lasts, until)));
        }
    }

    private static void Flap(
        SeededRandomness random, SimulatedTarget service, TimeSpan from, TimeSpan until, ImmutableArray<Fault>.Builder faults)
    {
        for (var i = random.Int(2, 8); i > 0 && from < until; i--)
        {
            var end = from + random.Span(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));
            faults.Add(new(random.Pick(OfServices), service.Name, from, Earlier(end, until)));
            from = end + random.Span(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2));
        }
    }

    private static Fault MakeNodeFault(SeededRandomness random, TimeSpan until)
    {
        var kind = random.Pick(OfNodes);
        var from = random.Span(Calm, until);
        var lasts = kind switch
        {
            FaultKind.Crash or FaultKind.Restart => random.Span(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(2)),
            FaultKind.ClockJumps or FaultKind.SettingsEdited or FaultKind.PersonPosts => TimeSpan.FromMilliseconds(1),
            _ => random.Span(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
        };
        return new(kind, null, from, Earlier(from + lasts, until))
        {
            Jump = kind == FaultKind.ClockJumps
                ? TimeSpan.FromSeconds(random.Pick([-86_400, -3_600, -60, -1, 1, 60, 3_600, 86_400]))
                : TimeSpan.Zero,
        };
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static string SettingsFor(SeededRandomness random, ImmutableArray<SimulatedTarget> services)
    {
        var yaml = new StringBuilder("page: { name: Simulated }\ncomponents:\n");
        for (var i = 0; i < services.Length; i++)
        {
            var shared = random.Chance(0.2) && i > 0 ? $", {services[i - 1].Name}" : "";
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{ name: Part {i + 1}, monitors: [{services[i].Name}{shared}] }}\n");
        }

        if (services.Length > 3)
        {
            yaml.Append(CultureInfo.InvariantCulture,
                $"  - name: Pair\n    redundancy: {{ members: [{services[0].Name}, {services[1].Name}], need: 1 }}\n");
        }

        yaml.Append("monitors:\n");
        for (var i = 0; i < services.Length; i++)
        {
            var parent = i > 1 && random.Chance(0.2) ? $", depends_on: [{services[0].Name}]" : "";
            var target = services[i].Kind == "tcp" ? $"{services[i].Host}:80" : services[i].Host;
            yaml.Append(CultureInfo.InvariantCulture,
                $"  {services[i].Name}: {{ {services[i].Kind}: \"{target}\", every: {services[i].Every.TotalSeconds}s, "
                + $"timeout: {services[i].Timeout.TotalSeconds}s, expect: {{ within: 1s }}{parent} }}\n");
        }

        yaml.Append(CultureInfo.InvariantCulture,
            $"incidents: {{ automatic: {random.Pick(["publish", "publish", "confirm"])}, open_after: {random.Pick(["0s", "0s", "30s"])}, "
            + $"resolve_after: {random.Pick(["1m", "2m"])} }}\n");
        return yaml.ToString();
    }
}
