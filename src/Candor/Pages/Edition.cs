using System.Collections.Frozen;
using System.Collections.Immutable;
using Candor.Languages;
using Candor.Pages.Audiences;
using Candor.Pages.Wording;

namespace Candor.Pages;

/// <summary>
/// Everything that readers can get, as of one position of the journal. Immutable: page, JSON and feeds of one edition
/// agree with each other, and a new edition replaces the whole in one step.
/// </summary>
internal sealed class Edition
{
    public static readonly Edition None = new();

    /// <summary>The journal position that the pages show.</summary>
    public long Position { get; init; }

    public DateTimeOffset RenderedAt { get; init; }

    /// <summary>
    /// From here on nobody has rendered for too long to believe these bytes: <see cref="LastKnown"/> is served instead,
    /// whatever has become of the renderer.
    /// </summary>
    public DateTimeOffset GoodUntil { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>The pages that change often, by path.</summary>
    public FrozenDictionary<string, PageBytes> Front { get; init; } = FrozenDictionary<string, PageBytes>.Empty;

    /// <summary>Pages of things that are over: many, and rarely read.</summary>
    public ImmutableDictionary<string, PageBytes> Archive { get; init; } =
        ImmutableDictionary<string, PageBytes>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>False while there may be more pages than are here: an unknown path is then "not yet", not "no such page".</summary>
    public bool IsComplete { get; init; }

    /// <summary>For whom it was made.</summary>
    public Eyes Eyes { get; init; } = Eyes.Everybody;

    /// <summary>Its readers get no page, so there is nothing to listen to either.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Read from disk at the start, not rendered: what was last known.</summary>
    public bool IsRestored { get; init; }

    /// <summary>The front pages that make claims about now, as they read when nobody can vouch for them.</summary>
    public FrozenDictionary<string, PageBytes> LastKnown { get; init; } = FrozenDictionary<string, PageBytes>.Empty;

    /// <summary>Pages that make a claim about now of which there is no version yet for when nobody can vouch for them.</summary>
    public FrozenSet<string> Unprepared { get; init; } = FrozenSet<string>.Empty;

    /// <summary>What its pages speak, told by the first of them, so that one from disk or of another publisher says it too.</summary>
    public Language Language => field ??= Front.TryGetValue("/", out var first) ? PageLanguage.In(first.Identity.Bytes.Span) : Language.English;

    /// <summary>The page at a path, or null. Exact names only: nothing is ever looked up on disk.</summary>
    public PageBytes? Find(string path, DateTimeOffset now) =>
        now >= GoodUntil && LastKnown.TryGetValue(path, out var lastKnown) ? lastKnown
        : Front.TryGetValue(path, out var page) ? page
        : Archive.TryGetValue(path, out var archived) ? archived
        : null;
}
