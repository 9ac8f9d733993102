namespace Candor.State;

/// <summary>
/// What several ways to look at the same thing say together: as readers get it, past every cache, and by writing. Only what
/// is proven is said: that something answers of which the origin does not.
/// </summary>
internal static class Layers
{
    /// <summary>How the reason of a write_read monitor begins where already the write was not taken.</summary>
    public const string WritingFailed = "writing failed: ";

    /// <summary>Null where nothing of the kind is so.</summary>
    /// <param name="answeredBetween">Whether a monitor was answered at a place where another one failed before it and has failed
    /// again since: what is out as a whole is looked at at different times, so that one is seen to fail, or to be well again,
    /// before the other.</param>
    public static StillAnswers? Of(World world, Component component, Func<Monitor, Monitor, bool> answeredBetween)
    {
        var monitors = world.MonitorsOf(component.Definition).ToList();
        if (!HasBoth(monitors))
        {
            return null;
        }

        var (found, isPending) = ((StillAnswers?)null, false);
        foreach (var down in monitors.Where(static one => one is { Verdict: Verdict.Down, Definition.Check.Behind: not null }))
        {
            var behind = down.Definition.Check.Behind!;
            var isWrite = down.Definition.Check.Kind == "write_read";
            var answers = monitors.Where(one => Watched.Works(one) && answeredBetween(one, down)).ToList();
            if (!isWrite && answers.Exists(one => one.Definition.Check.Front == behind))
            {
                return StillAnswers.Cache;
            }

            // The stronger word is about to be known: the weaker one is not said before it.
            isPending |= !isWrite && monitors.Exists(one => Watched.Works(one) && one.Definition.Check.Front == behind);

            found ??= !isWrite ? null
                : down.Evidence?.Reason.StartsWith(WritingFailed, StringComparison.Ordinal) == true
                    && answers.Exists(one => one.Definition.Check is { Kind: not "write_read", Behind: { } other } && IsSameSite(other, behind)) ? StillAnswers.Reading
                : answers.Exists(one => (one.Definition.Check.Front ?? one.Definition.Check.Behind) is { } other && IsSameSite(other, behind)) ? StillAnswers.PerhapsCache
                : null;
        }

        return isPending ? null : found;
    }

    /// <summary>Whether a component has several ways at all, and one of them fails; nearly none has.</summary>
    private static bool HasBoth(List<Monitor> monitors) =>
        monitors.Count > 1
        && monitors.Exists(static one => one is { Verdict: Verdict.Down, Definition.Check.Behind: not null })
        && monitors.Exists(static one => Watched.Works(one) && (one.Definition.Check.Front ?? one.Definition.Check.Behind) is not null);

    private static bool IsSameSite(string a, string b) =>
        Uri.TryCreate(a, UriKind.Absolute, out var one) && Uri.TryCreate(b, UriKind.Absolute, out var other)
        && one.Authority.Equals(other.Authority, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What still answers of something whose origin does not, by what is proven.</summary>
internal enum StillAnswers
{
    /// <summary>The cache, and not the origin.</summary>
    Cache,

    /// <summary>Reading, and not writing.</summary>
    Reading,

    /// <summary>Reads, from wherever; what is written does not come back.</summary>
    PerhapsCache,
}
