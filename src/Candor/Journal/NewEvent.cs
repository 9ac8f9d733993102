namespace Candor.Journal;

/// <summary>An event on its way into the journal. When it happened and when we heard of it are two facts.</summary>
internal sealed record NewEvent(
    string Kind, ReadOnlyMemory<byte> Body, DateTimeOffset OccurredAt, DateTimeOffset ArrivedAt);
