namespace Candor.Notices.Sending;

/// <summary>Who may have been the death of a process, of all that it had in hand.</summary>
internal static class Suspicion
{
    /// <summary>
    /// Nothing that had not begun can have done it, and nothing did it where we ended the process ourselves. Where it held
    /// something for too long, that is it. Else it is one of those that were there when another one died; where there are
    /// none, any of them.
    /// </summary>
    public static IReadOnlySet<string> Of(IReadOnlyCollection<Held> held, EndOfWorker end)
    {
        var begun = held.Where(static one => one.IsBegun).ToList();
        var before = begun.Where(static one => one.WasSuspected).ToList();
        var blamed = end switch
        {
            EndOfWorker.Renewed => [],
            EndOfWorker.HeldTooLong => begun.Where(static one => one.IsOverdue),
            _ => before.Count > 0 ? before : begun,
        };
        return blamed.Select(static one => one.Key).ToHashSet(StringComparer.Ordinal);
    }
}

/// <summary>What a process had in hand when it ended.</summary>
/// <param name="Key">Of the notice.</param>
/// <param name="IsBegun">It had said that it began.</param>
/// <param name="WasSuspected">A process died with it in hand before, and it has had no answer since.</param>
/// <param name="IsOverdue">It had it for longer than any hand-over takes.</param>
internal readonly record struct Held(string Key, bool IsBegun, bool WasSuspected, bool IsOverdue);

internal enum EndOfWorker
{
    /// <summary>It died, or said nothing for so long that it was as good as dead.</summary>
    Died,

    /// <summary>We ended it because it held something for too long.</summary>
    HeldTooLong,

    /// <summary>We ended it because its settings have changed.</summary>
    Renewed,
}
