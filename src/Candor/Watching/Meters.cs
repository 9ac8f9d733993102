using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Candor.Watching;

/// <summary>One meter per name for one node; with the node they are gone. Several nodes in a process do not mix.</summary>
internal sealed class Meters : IMeterFactory
{
    private readonly ConcurrentDictionary<string, Meter> made = new(StringComparer.Ordinal);

    public Meter Create(MeterOptions options) => made.GetOrAdd(
        options.Name, static (_, o) => new Meter(new MeterOptions(o.Options.Name) { Scope = o.Owner }), (Options: options, Owner: this));

    public void Dispose()
    {
        foreach (var meter in made.Values)
        {
            meter.Dispose();
        }
    }
}
