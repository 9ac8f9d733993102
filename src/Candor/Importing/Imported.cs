using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Importing;

/// <summary>
/// What a source says, in one shape whatever the source: read first, looked at by a person, and only then turned into
/// facts. Nothing here is invented: what a source does not say is null or empty, and what could not be carried is a warning.
/// </summary>
internal sealed record Imported
{
    public string? PageName { get; init; }

    public string? PageUrl { get; init; }

    /// <summary>IANA name, where the source has one.</summary>
    public string? TimeZone { get; init; }

    public ImmutableArray<ImportedComponent> Components { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<ImportedIncident> Incidents { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<ImportedMaintenance> Maintenances { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<ImportedMonitor> Monitors { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<ImportWarning> Warnings { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>A component by its path from the root: ["Frontend", "Homepage"].</summary>
/// <param name="Key">The source's own id, or the path where it has none: the same again on the next run.</param>
internal sealed record ImportedComponent(string Key, ImmutableArray<string> Path)
{
    public string? Description { get; init; }

    public ComponentStatus? Status { get; init; }

    public bool IsGroup { get; init; }

    public int? Order { get; init; }
}

/// <summary>An incident with all that was said in it.</summary>
/// <param name="Key">The source's own id, or a digest of its texts: importing twice changes nothing.</param>
internal sealed record ImportedIncident(string Key, string Title)
{
    public string? Url { get; init; }

    /// <summary>When readers' trouble began, where the source says so.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The day, where the source names one and no time of day.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>How long it lasted, where the source says so in words.</summary>
    public TimeSpan? Lasted { get; init; }

    /// <summary>Detected and written by a machine, by the source's own words.</summary>
    public bool Automatic { get; init; }

    public Impact? Impact { get; init; }

    /// <summary>The status the source gives in so many words; else that of the newest update.</summary>
    public IncidentStatus? Status { get; init; }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<ImportedUpdate> Updates { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<ImportedInterval> Intervals { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Paths of the affected components, in the source's order; includes those of the intervals.</summary>
    public ImmutableArray<ImmutableArray<string>> Affected { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Measured stretches of trouble, where the text tells more than one or bounds them by itself.</summary>
    public ImmutableArray<Downtime> Downtimes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>A source that keeps the report among its updates has it there as well, with the status postmortem.</summary>
    public ImportedPostmortem? Postmortem { get; init; }
}

/// <param name="Status">Null: an update that keeps the status.</param>
/// <param name="Body">Markdown.</param>
/// <param name="At">Null where the source gives no time; a warning says so.</param>
internal sealed record ImportedUpdate(DateTimeOffset? At, IncidentStatus? Status, string Body)
{
    /// <summary>The time in the source's own words, where it could not be placed: "2:54 PM PST".</summary>
    public string? Said { get; init; }
}

/// <summary>A component's status within an incident; an open end where the source has none.</summary>
internal sealed record ImportedInterval(
    ImmutableArray<string> Component, ComponentStatus Status, DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>The times in the source's own words, where they could not be placed.</summary>
    public string? Said { get; init; }
}

/// <param name="Body">The whole text as Markdown, headings and all: no sentence is lost.</param>
internal sealed record ImportedPostmortem(string Body)
{
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The same text cut at its headings, in order; the first heading may be empty.</summary>
    public ImmutableArray<ImportedSection> Sections { get; init => field = value.IsDefault ? [] : value; } = [];
}

internal sealed record ImportedSection(string Heading, string Body);

internal sealed record ImportedMaintenance(string Key, string Title, DateTimeOffset? ScheduledFor, DateTimeOffset? ScheduledUntil)
{
    public string? Url { get; init; }

    /// <summary>Statuspage's word: scheduled, in_progress, verifying or completed.</summary>
    public string? Status { get; init; }

    /// <summary>What was announced, in Markdown, where the source keeps it apart from the updates.</summary>
    public string? Description { get; init; }

    /// <summary>Oldest first; the statuses are in <see cref="ImportedMaintenanceUpdate.Status"/>.</summary>
    public ImmutableArray<ImportedMaintenanceUpdate> Updates { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<ImmutableArray<string>> Affected { get; init => field = value.IsDefault ? [] : value; } = [];
}

internal sealed record ImportedMaintenanceUpdate(DateTimeOffset? At, string? Status, string Body);

/// <summary>A check to run, as an entry of candor.yaml: its name and its settings in YAML, ready to be pasted.</summary>
internal sealed record ImportedMonitor(string Key, string Name, string Yaml)
{
    public ImmutableArray<string> Component { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>Something that could not be carried, or was guessed: where, what, and what a person may do about it.</summary>
/// <param name="Where">A path or line a person can find: "line 12", "incidents[3]".</param>
internal sealed record ImportWarning(string Where, string What, string Remedy)
{
    /// <summary>Something was taken for granted that ends up in the facts: writing it asks for a yes.</summary>
    public bool Assumes { get; init; }
}
