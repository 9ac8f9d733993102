namespace Candor.State;

/// <summary>What a job says of itself when it calls in.</summary>
internal enum BeatKind
{
    /// <summary>It ended well, or is simply alive.</summary>
    Ok,

    /// <summary>It began.</summary>
    Start,

    /// <summary>It ended badly.</summary>
    Fail,
}

/// <summary>One call; an exit code other than 0 is a failure with its number.</summary>
internal readonly record struct Beat(BeatKind Kind, int? ExitCode = null);
