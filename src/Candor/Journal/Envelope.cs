namespace Candor.Journal;

/// <summary>A stored event and its place. The three times are UTC and never overwritten; the hash seals everything before it.</summary>
internal sealed record Envelope(
    Position Position,
    string Kind,
    ReadOnlyMemory<byte> Body,
    DateTimeOffset OccurredAt,
    DateTimeOffset ArrivedAt,
    DateTimeOffset CommittedAt,
    ChainHash Hash)
{
    public Stamp Stamp => new(Position, OccurredAt, ArrivedAt, CommittedAt);
}
