namespace Candor.Journal;

/// <summary>
/// A state as bytes, and the event up to which it is the sum of everything. <see cref="Schema"/> is the payload's own
/// version: a build that does not know it replays instead.
/// </summary>
internal sealed record Snapshot(int Schema, Position Position, ChainHash Hash, ReadOnlyMemory<byte> Payload);
