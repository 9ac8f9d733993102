namespace Candor.Samples;

internal enum SamplesPhase
{
    /// <summary>The store is being read; charts may be short of their past.</summary>
    Loading,
    Running,

    /// <summary>Readings are taken but not stored; <see cref="SamplesCondition.Detail"/> says why.</summary>
    Failed,
    Closed,
}

/// <summary>How the samples are, for health.</summary>
/// <param name="Dropped">Readings that were not stored because too many waited.</param>
/// <param name="Lost">Readings whose write failed, and roll-ups given up while the store was away.</param>
/// <param name="Damaged">Stored rows that could not be read and were left out.</param>
/// <param name="Quarantined">Where a damaged file was put aside, if one was since this process began.</param>
internal sealed record SamplesCondition(
    SamplesPhase Phase, string Detail, long Dropped, long Lost, int Damaged, string? Quarantined)
{
    /// <summary>What is wrong, in a sentence for everybody; null when all is well.</summary>
    public string? Complaint => this switch
    {
        { Phase: SamplesPhase.Failed } => "Response times are not being stored at the moment.",
        { Quarantined: not null } => "Past response times were lost to a damaged file; recording has begun afresh.",
        { Dropped: > 0 } => $"{Dropped} readings were not stored because too many waited; verdicts did not miss any.",
        { Lost: > 0 } => $"{Lost} readings or roll-ups could not be stored.",
        _ => null,
    };

    /// <summary>The same for operators: what exactly, and what to do.</summary>
    public string? Remedy => this switch
    {
        { Phase: SamplesPhase.Failed } => $"{Detail} Charts go on from memory; storing resumes by itself once the file can be written.",
        { Quarantined: { } path } => $"samples.db was damaged and is kept as '{path}'. Check the disk; delete the file when it is of no more use.",
        { Dropped: > 0 } or { Lost: > 0 } => "The disk that holds samples.db was too slow, full or failing. Check it, or move the data folder.",
        _ => null,
    };
}
