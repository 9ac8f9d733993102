using System.Collections.Frozen;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Attachments;

/// <summary>Which words name a file, found without walking all of them; made anew when incidents have changed.</summary>
internal sealed class NamedFiles
{
    private Index? last;

    /// <summary>Every file that words refer to, published or not.</summary>
    public IReadOnlyCollection<string> In(World world) => Of(world).Keys;

    public bool IsNamed(World world, string hash) => Of(world).ContainsKey(hash);

    /// <summary>The incidents whose updates name a file.</summary>
    public IReadOnlyList<IncidentId> Naming(World world, string hash) => Of(world).GetValueOrDefault(hash, []);

    private FrozenDictionary<string, IncidentId[]> Of(World world)
    {
        // Who comes second makes it a second time: that is cheaper than waiting.
        if (last is { } made && ReferenceEquals(made.From, world.Incidents))
        {
            return made.Incidents;
        }

        var now = world.Incidents.Values
            .SelectMany(static incident => incident.Updates.SelectMany(static update => update.Files), static (incident, file) => (incident.Id, file.Hash))
            .GroupBy(static one => one.Hash, static one => one.Id, StringComparer.Ordinal)
            .ToFrozenDictionary(static one => one.Key, static one => one.Distinct().ToArray(), StringComparer.Ordinal);
        last = new(world.Incidents, now);
        return now;
    }

    private sealed record Index(object From, FrozenDictionary<string, IncidentId[]> Incidents);
}
