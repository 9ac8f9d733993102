using System.Text.Json;
using Candor.Journal;
using Candor.State;

namespace Candor.Node;

/// <summary>The world as a snapshot's payload: the storage format of facts, as JSON.</summary>
internal static class WorldSnapshot
{
    /// <summary>Raised when <see cref="World"/> comes to mean something else for the same facts; older files are then replayed.</summary>
    private const int Schema = 13;

    public static Snapshot Of(Published<World> published) => new(
        Schema, published.Position, published.Hash, JsonSerializer.SerializeToUtf8Bytes(published.State, JournalJson.Default.World));

    /// <summary>Where to start from, or null and, where there was a file, why it is not used.</summary>
    public static (Published<World>? Start, string? Fault) From(SnapshotReading reading)
    {
        if (reading.Snapshot is not { } snapshot)
        {
            return (null, reading.Fault);
        }

        if (snapshot.Schema != Schema)
        {
            return (null, "Another version of Candor wrote the snapshot; the journal is replayed.");
        }

        try
        {
            return JsonSerializer.Deserialize(snapshot.Payload.Span, JournalJson.Default.World) is { } world
                ? (new(world, snapshot.Position, snapshot.Hash), null)
                : (null, "The snapshot holds nothing; the journal is replayed.");
        }
        catch (JsonException fault)
        {
            return (null, $"The snapshot cannot be read ({fault.Message}); the journal is replayed.");
        }
    }
}
