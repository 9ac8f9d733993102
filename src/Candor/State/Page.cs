using System.Collections.Immutable;

namespace Candor.State;

/// <summary>The page was described by its owner; the whole description, each time.</summary>
internal sealed record PageConfigured(DateTimeOffset At, Page Page) : Event(At);

/// <summary>What the owner says of the page. Typed values only: no field reaches the page as markup.</summary>
/// <param name="Id">12 lower-case letters and digits; Statuspage clients show it.</param>
/// <param name="TimeZone">IANA name; the zone of the page wherever the reader's own is not known.</param>
/// <param name="Accent">#rrggbb, or null for the built-in one.</param>
internal sealed record Page(string Id, string Name, string TimeZone)
{
    public static readonly Page Unconfigured = new("candorstatus", "Candor", "UTC");

    /// <summary>The language of everything that readers are shown and sent, such as "de"; null: English.</summary>
    public string? Language { get; init; }

    public string? Url { get; init; }

    public string? Description { get; init; }

    public string? Accent { get; init; }

    public string? LogoUrl { get; init; }

    /// <summary>Where a reader can turn to (https or mailto), or null.</summary>
    public string? ContactUrl { get; init; }

    /// <summary>The names of the audiences that the owner knows, sorted; the ways in are no facts and stand elsewhere.</summary>
    public ImmutableArray<string> Audiences { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Audiences, sorted. Not empty: nobody else sees anything of the page.</summary>
    public ImmutableArray<string> OnlyFor { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>True until the owner has written a configuration: the page then explains the first steps.</summary>
    public bool FirstRun { get; init; }
}
