namespace Candor.Journal.Sqlite;

/// <summary>What a walk along the journal found.</summary>
/// <param name="Events">Events from the first one on that are intact.</param>
/// <param name="Head">The hash that seals them all; null where something is broken.</param>
/// <param name="BrokenAt">The first event that is damaged or missing.</param>
/// <param name="Fault">What is wrong; null where everything is genuine.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record JournalReport(long Events, string? Head, long? BrokenAt, string? Fault, string? Remedy);
