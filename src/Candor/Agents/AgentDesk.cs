using System.Collections.Concurrent;
using System.Collections.Immutable;
using Candor.Access.Agents;
using Candor.Agents.Wire;
using Candor.Effects;
using Candor.State;

namespace Candor.Agents;

/// <summary>What a report came to is handed on here: evidence to the judge, what was measured to the charts.</summary>
internal delegate ValueTask TakeArrival(Arrival arrival, CancellationToken cancellation);

/// <summary>
/// The core's side of all agents: says what each is to do, and takes what they report, each chunk once. Who may come here at
/// all is decided before.
/// </summary>
internal sealed class AgentDesk(
    AgentBook book, Func<World> world, Func<string, string?> secrets, TakeArrival take, TimeProvider time, IRandomness randomness) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Standing> standings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Prepared> prepared = new(StringComparer.Ordinal);

    public Challenges Challenges { get; } = new(randomness, time);

    public TimeProvider Time => time;

    public World World => world();

    /// <summary>Null where nothing was heard of it in this run.</summary>
    public Standing? StandingOf(string place)
    {
        lock (gate)
        {
            return standings.GetValueOrDefault(place);
        }
    }

    /// <summary>The answer once everything of the report is taken and its chunk will not be taken again.</summary>
    public async Task<ReportView> TakeAsync(Agent agent, Report report, CancellationToken cancellation)
    {
        var known = world();
        var place = ViewOf(agent, known);
        var arrival = Decide(agent, report, place, known);
        if (place.IsConfigured)
        {
            // Its number is taken, so all of it is handed on, whatever becomes of who sent it: sent again, it would do nothing.
            await take(arrival, CancellationToken.None);
        }

        if (report.Chunk is not null)
        {
            await KeepAsync(agent, arrival.Standing, cancellation);
        }

        return new(arrival.Standing.Accepted, time.GetUtcNow().ToUnixTimeMilliseconds()) { Plan = arrival.Standing.IsInStep ? null : place.Plan };
    }

    /// <summary>What the agent of a place is to do now.</summary>
    public PlaceView ViewOf(Agent agent) => ViewOf(agent, world());

    public void Dispose() => book.Dispose();

    private async Task KeepAsync(Agent agent, Standing standing, CancellationToken cancellation)
    {
        try
        {
            await book.KeepAsync(agent.Key, new(standing.Key, standing.Accepted), cancellation);
        }
        catch (IOException)
        {
            // A full disk must not blind us: what is acknowledged is not sent again, so without the mark only a chunk that is
            // under way while this process dies could count twice.
        }
    }

    private Arrival Decide(Agent agent, Report report, PlaceView place, World known)
    {
        var key = Access.Hashes.Of(agent.PublicKey!);
        lock (gate)
        {
            var before = standings.GetValueOrDefault(agent.Key);
            if (before?.Key != key)
            {
                var kept = book.Of(agent.Key);
                before = Standing.Unheard with { Key = key, Accepted = kept?.Key == key ? kept.Number : 0 };
            }

            var arrival = Arrival.Of(before, report, place, known, Moment.Now(time));
            standings[agent.Key] = arrival.Standing;
            return arrival;
        }
    }

    /// <summary>Made anew when what it is made from has changed: agents ask far more often than that.</summary>
    private PlaceView ViewOf(Agent agent, World known)
    {
        if (prepared.TryGetValue(agent.Key, out var before) && ReferenceEquals(before.Agent, agent)
            && ReferenceEquals(before.Monitors, known.Monitors) && ReferenceEquals(before.Policy, known.Policy))
        {
            return before.View;
        }

        var view = PlaceView.Of(agent, known, secrets);
        prepared[agent.Key] = new(agent, known.Monitors, known.Policy, view);
        return view;
    }

    private sealed record Prepared(Agent Agent, ImmutableDictionary<MonitorId, Candor.State.Monitor> Monitors, Policy Policy, PlaceView View);
}
