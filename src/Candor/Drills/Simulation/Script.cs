using System.Collections.Immutable;
using System.Globalization;
using Candor.State;

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

    /// <summary>What the settings were written from; null where they were given as they are.</summary>
    public Outline? Outline { get; init; }

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

        var outline = Outline.From(random, services);
        if (random.Chance(0.3))
        {
            faults.Add(MakeCut(random, services.Length, until, [.. faults]));
        }

        foreach (var outpost in outline.Outposts)
        {
            AddOutpostFaults(random, outpost, services, until, faults);
        }

        for (var i = random.Int(0, 5); i > 0; i--)
        {
            var fault = MakeNodeFault(random, until);
            faults.Add(fault);
            AddHurriedWords(random, fault, faults);
        }

        faults.Sort((a, b) => a.From.CompareTo(b.From));
        return new(length, services, faults.ToImmutable(), outline.Write()) { Outline = outline };
    }

    public bool IsOn(FaultKind kind, TimeSpan at) => IsOn(kind, null, at);

    /// <summary>Whether a vantage point sees nothing at all.</summary>
    public bool IsBlind(string place, TimeSpan at) => place == VantageId.Local.Value
        ? IsOn(FaultKind.Blind, at)
        : IsOn(FaultKind.OutpostBlind, place, at);

    /// <summary>How a service behaves at an instant, seen from a place; null while it is well.</summary>
    public FaultKind? StateOf(string service, string place, TimeSpan at)
    {
        FaultKind? worst = null;
        foreach (var fault in Faults)
        {
            var isFelt = fault.Service == service && (fault.Place is null || fault.Place == place) && fault.IsOn(at);
            if (isFelt && (worst is null or FaultKind.Slow))
            {
                worst = fault.Kind;
            }
        }

        return worst;
    }

    private bool IsOn(FaultKind kind, string? place, TimeSpan at)
    {
        foreach (var fault in Faults)
        {
            if (fault.Kind == kind && (place is null || fault.Place == place) && fault.IsOn(at))
            {
                return true;
            }
        }

        return false;
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

    /// <summary>Best in the middle of an outage, so that an incident is open about what goes.</summary>
    private static Fault MakeCut(SeededRandomness random, int services, TimeSpan until, IReadOnlyList<Fault> outages)
    {
        var (service, from) = (random.Int(0, services), random.Span(Calm, until));
        if (outages.Count > 0 && random.Chance(0.8))
        {
            var outage = random.Pick(outages);
            service = int.Parse(outage.Service!.Split('-')[^1], CultureInfo.InvariantCulture) - 1;
            from = Earlier(outage.From + random.Span(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2)), until);
        }

        var lasts = random.Span(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(8));
        return new(FaultKind.SettingsCut, null, from, Earlier(from + lasts, until))
        {
            Cut = (random.Pick([Cut.ComponentRemoved, Cut.ComponentRenamed, Cut.MonitorRemoved, Cut.MonitorRenamed]), service),
        };
    }

    private static void AddOutpostFaults(
        SeededRandomness random, string place, ImmutableArray<SimulatedTarget> services, TimeSpan until,
        ImmutableArray<Fault>.Builder faults)
    {
        if (random.Chance(0.4))
        {
            Add(FaultKind.OutpostBlind, null);
        }

        if (random.Chance(0.4))
        {
            Add(random.Pick(OfServices), random.Pick(services).Name);
        }

        void Add(FaultKind kind, string? service)
        {
            var from = random.Span(Calm, until);
            var lasts = random.Span(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
            faults.Add(new(kind, service, from, Earlier(from + lasts, until)) { Place = place });
        }
    }

    /// <summary>What a person is told was kept is lost most easily just before a crash and while writes fail.</summary>
    private static void AddHurriedWords(SeededRandomness random, Fault fault, ImmutableArray<Fault>.Builder faults)
    {
        TimeSpan? at = fault.Kind switch
        {
            FaultKind.Crash => fault.From - random.Span(TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(6)),
            FaultKind.JournalFails => random.Span(fault.From, fault.Until),
            _ => null,
        };
        if (at is { } from && random.Chance(0.7))
        {
            faults.Add(new(FaultKind.PersonPosts, null, from, from + TimeSpan.FromMilliseconds(1)));
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
}
