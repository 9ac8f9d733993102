using System.Collections.Immutable;
using Candor.Journal;
using Candor.State;

namespace Candor.Importing.Entering;

/// <summary>What is to be entered, or a part of it: an import of thousands comes in several.</summary>
/// <param name="Import">The page that all of it comes from; the same for each part.</param>
/// <param name="Source">The kind of page: "statuspage".</param>
internal sealed record ImportRequest(ImportId Import, string Source, string? Page)
{
    /// <summary>In one request; a person may have any number of them.</summary>
    public const int PartMax = 100;

    public ImmutableArray<ImportedIncident> Incidents { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<ImportedMaintenance> Maintenances { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The source's component to ours, both by name or path.</summary>
    public ImmutableDictionary<string, string> Components { get; init => field = value ?? ImmutableDictionary<string, string>.Empty; } =
        ImmutableDictionary<string, string>.Empty;

    /// <summary>Say what would be done, and do nothing.</summary>
    public bool DryRun { get; init; }

    /// <param name="page">The page as a person named it, or null: as the source does.</param>
    public static ImportRequest Of(string source, Imported content, string? page)
    {
        var name = page ?? (Uri.TryCreate(content.PageUrl, UriKind.Absolute, out var url) ? url.Host : content.PageName);
        // A report that names no page is a page of its own.
        var identity = name ?? (content.Incidents is [var one] ? one.Key : "");
        return new(new(DerivedId.Of($"import:{source}:{identity}")), source, name) { Incidents = content.Incidents, Maintenances = content.Maintenances };
    }

    /// <summary>What no reader of ours would write; null where it is well formed.</summary>
    public Refusal? Fault() =>
        Import.Value is not { Length: 12 } id || !id.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            ? new("bad_import", "An import has an id of 12 lower-case letters and digits; `candor import` makes it.", "import")
        : Source is not { Length: > 0 and <= 30 } || !Source.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || Page?.Length > 255
            ? new("bad_source", "The source is a word such as statuspage, the page a name of at most 255 characters.", "source")
        : Incidents.Length > PartMax || Maintenances.Length > PartMax
            ? new("too_many", $"At most {PartMax} incidents and {PartMax} maintenances are taken at once; send the rest in further requests.", "incidents")
        : Incidents.Any(one => one is null || IsNoKey(one.Key) || one.Updates.Any(static update => update is null))
            || Maintenances.Any(one => one is null || IsNoKey(one.Key) || one.Updates.Any(static update => update is null))
            ? new("bad_key", "Each has a key of at most 500 characters, and nothing in a list is null.", "incidents")
        : Incidents.SelectMany(one => one.Affected.Concat(one.Intervals.Select(static interval => interval?.Component ?? default)))
            .Concat(Maintenances.SelectMany(one => one.Affected)).Any(IsNoPath)
            ? new("bad_component", "A component is a list of one to ten names, from the outermost in.", "incidents")
        : null;

    private static bool IsNoKey(string? key) => key is not { Length: > 0 and <= 500 };

    private static bool IsNoPath(ImmutableArray<string> path) => path.IsDefaultOrEmpty || path.Length > 10 || path.Any(string.IsNullOrWhiteSpace);

    /// <summary>The same in parts that are small enough to be sent and decided at once.</summary>
    public IEnumerable<ImportRequest> Parts()
    {
        foreach (var some in Incidents.Chunk(PartMax))
        {
            yield return this with { Incidents = [.. some], Maintenances = [] };
        }

        foreach (var some in Maintenances.Chunk(PartMax))
        {
            yield return this with { Incidents = [], Maintenances = [.. some] };
        }
    }
}
