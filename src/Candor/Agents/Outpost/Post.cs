using System.Collections.Immutable;
using System.Net;
using Candor.Agents.Wire;
using Candor.Effects;
using Candor.Effects.Dns;
using Candor.Journal;
using Candor.Judging;
using Candor.Probing;
using Candor.State;
using Candor.Watching;
using Microsoft.Extensions.Logging;

namespace Candor.Agents.Outpost;

/// <summary>
/// A place that probes, in a process of its own: the same wheel, the same kinds of check and the same guard before every
/// connection as in the core, and a way to tell the core. It listens on nothing.
/// </summary>
internal sealed class Post : IDisposable
{
    private readonly PostEffects effects;
    private readonly ILoggerFactory logs;
    private readonly Meters meters = new();
    private readonly Readings readings;
    private readonly Uplink uplink;
    private readonly Controls controls;
    private readonly Scheduler scheduler;
    private ImmutableDictionary<MonitorId, IReadOnlyDictionary<string, string>> secrets =
        ImmutableDictionary<MonitorId, IReadOnlyDictionary<string, string>>.Empty;

    public Post(Identity identity, CoreLine line, Spool spool, PlanFile plans, PostEffects effects, ILoggerFactory logs)
    {
        (this.effects, this.logs) = (effects, logs);
        var place = new VantageId(identity.Place!);
        var run = effects.Randomness.NextId();
        readings = new(run, effects.Time);
        uplink = new(identity, line, spool, plans, readings, new(effects.Time, effects.Randomness, logs.CreateLogger<Uplink>(), effects.Version))
        {
            Run = run, Follow = Follow,
        };
        var tools = new ProbeTools(effects.Network, effects.Time, effects.Randomness)
        {
            Processes = effects.Processes, Names = effects.Names, Open = Open,
        };
        controls = new(place, tools, effects.Gateways, HearAsync);
        scheduler = new(place, tools, SeeAsync, SchedulerOptions.Default, meters, logs.CreateLogger<Scheduler>());
    }

    /// <summary>Runs until stopped, or until the core puts this agent out: then the reason is returned.</summary>
    public async Task<Refusal?> RunAsync(CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        uplink.Resume();
        var supervisor = new Supervisor(
            new SelfLog(effects.Time), new LoopMetrics(meters), effects.Time, effects.Randomness, logs.CreateLogger<Supervisor>());
        Refusal? last = null;
        await Task.WhenAll(
            supervisor.RunAsync("probing", null, scheduler.RunAsync, ended.Token),
            supervisor.RunAsync("controls", null, controls.RunAsync, ended.Token),
            supervisor.RunAsync(
                "uplink", null,
                async token =>
                {
                    last = await uplink.RunAsync(token);
                    await ended.CancelAsync();
                },
                ended.Token));
        uplink.Store();
        return last;
    }

    public void Dispose()
    {
        uplink.Dispose();
        controls.Dispose();
        scheduler.Dispose();
        meters.Dispose();
    }

    private void Follow(Plan plan)
    {
        effects.Allow(effects.PublicOnly ? [] : [.. plan.Networks.Where(static network => IPNetwork.TryParse(network, out _))]);
        Volatile.Write(ref secrets, plan.Checks.Where(static check => check.Secrets is not null)
            .ToImmutableDictionary(static check => new MonitorId(check.Monitor), static check => check.Secrets!));
        scheduler.Watch([.. plan.Checks.Select(Definition)]);
        controls.Targets = plan.Controls;
        controls.Soon();
    }

    private static MonitorDefinition Definition(PlannedCheck check) => new(
        new(check.Monitor), new(check.Kind, check.Target, check.Options), Clamped(check.EveryMs), Clamped(check.TimeoutMs), JudgingRules.Default);

    private static TimeSpan Clamped(long ms) => TimeSpan.FromMilliseconds(Math.Clamp(ms, 100, TimeSpan.FromDays(1).TotalMilliseconds));

    /// <summary>A check has the secrets that came with it, and none of this machine's.</summary>
    private IProbe Open(Check check, ProbeTools tools) => CheckKinds.Open(check, tools with
    {
        Secrets = name => tools.Monitor is { } monitor && Volatile.Read(ref secrets).GetValueOrDefault(monitor) is { } named
            ? named.GetValueOrDefault(name)
            : null,
    });

    private ValueTask SeeAsync(Observation seen, CancellationToken cancellation)
    {
        readings.Add(seen);
        if (seen.Reading == Reading.Bad)
        {
            // Whether it is them or us is asked at once, and the core hears of it at once.
            controls.Soon();
            uplink.Soon();
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask HearAsync(ControlReading seen, CancellationToken cancellation)
    {
        readings.Add(seen);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Everything an agent touches that is not itself.</summary>
internal sealed record PostEffects(TimeProvider Time, IRandomness Randomness, INetwork Network)
{
    public string Version { get; init; } = "0";

    /// <summary>Null where commands may not be run.</summary>
    public IProcesses? Processes { get; init; }

    public Func<ResolverFiles> Names { get; init; } = static () => ResolverFiles.Empty;

    public Func<IReadOnlyList<IPAddress>> Gateways { get; init; } = static () => [];

    /// <summary>Whoever runs this machine lets nobody look into its networks, whatever the core says.</summary>
    public bool PublicOnly { get; init; }

    /// <summary>Replaces the restricted networks (CIDR) that may be contacted.</summary>
    public Action<IReadOnlyList<string>> Allow { get; init; } = static _ => { };
}
