namespace Candor.Journal;

/// <summary>What was found: a genuine snapshot, or none, and then in a sentence why where there was a file.</summary>
internal sealed record SnapshotReading(Snapshot? Snapshot, string? Fault)
{
    public static SnapshotReading None { get; } = new(null, null);
}
