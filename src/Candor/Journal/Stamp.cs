namespace Candor.Journal;

/// <summary>What the commit gave an event: its place and its three times. A fold sees this and never a clock.</summary>
internal readonly record struct Stamp(
    Position Position, DateTimeOffset OccurredAt, DateTimeOffset ArrivedAt, DateTimeOffset CommittedAt);
