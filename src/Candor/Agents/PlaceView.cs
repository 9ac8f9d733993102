using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Candor.Access.Agents;
using Candor.Agents.Wire;
using Candor.Judging;
using Candor.Probing;
using Candor.State;
using Monitor = Candor.State.Monitor;

namespace Candor.Agents;

/// <summary>What a place is asked to do at this moment: what the settings want from it, less what its agent may not.</summary>
internal sealed record PlaceView(VantageId Id, bool IsConfigured, Plan Plan)
{
    private readonly FrozenSet<string> watched = Plan.Checks.Select(static check => check.Monitor).ToFrozenSet(StringComparer.Ordinal);

    public bool Watches(string monitor) => watched.Contains(monitor);

    /// <param name="secrets">What the names of secrets stand for here; only those that a check of this place needs are asked for.</param>
    public static PlaceView Of(Agent agent, World world, Func<string, string?> secrets)
    {
        var checks = world.Monitors.Values
            .Where(monitor => Judge.VantagesOf(world, monitor.Definition).Contains(agent.Place) && agent.Rights.Covers(monitor.Id))
            .OrderBy(static monitor => monitor.Id.Value, StringComparer.Ordinal)
            .Select(monitor => Planned(monitor, secrets))
            .ToList();
        var plan = new Plan("", checks, world.Policy.Controls, agent.Rights.PrivateNetworks ? world.Policy.EgressAllow : []);
        return new(agent.Place, world.Policy.Vantages.Contains(agent.Place), plan with { Id = Hash(plan) });
    }

    private static PlannedCheck Planned(Monitor monitor, Func<string, string?> secrets)
    {
        var (id, check, every, timeout, _) = monitor.Definition;
        var named = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in CheckKinds.SecretsOf(check))
        {
            if (secrets(name) is { } value)
            {
                named[name] = value;
            }
        }

        return new(id.Value, check.Kind, check.Target, check.Options, (long)every.TotalMilliseconds, (long)timeout.TotalMilliseconds)
        {
            Secrets = named.Count == 0 ? null : named,
        };
    }

    private static string Hash(Plan plan) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(plan, AgentJson.Default.Plan)))[..32];
}
