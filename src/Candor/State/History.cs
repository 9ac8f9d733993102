using System.Collections.Immutable;

namespace Candor.State;

/// <summary>The past of another page was brought in, or more of it: the incidents and maintenances that follow carry its id in their origin.</summary>
/// <param name="Source">The kind of page it was: "statuspage".</param>
/// <param name="By">Who brought it in.</param>
internal sealed record HistoryImported(DateTimeOffset At, ImportId Import, string Source, Actor By) : Event(At)
{
    /// <summary>Which page it was, as its owners name it: a host or a name; null where the source does not say.</summary>
    public string? Page { get; init; }

    /// <summary>Components that are told of and that this page does not have: names for the history, nothing more.</summary>
    public ImmutableArray<HistoricName> Names { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>What was brought in was taken out again: this page never said it. The journal keeps it.</summary>
internal sealed record HistoryWithdrawn(
    DateTimeOffset At,
    ImportId Import,
    ImmutableArray<IncidentId> Incidents,
    ImmutableArray<MaintenanceId> Maintenances,
    Actor By) : Event(At);

/// <summary>How a component of another page is called where its history is told.</summary>
internal readonly record struct HistoricName(ComponentId Component, string Name);

/// <summary>Another page whose past stands here.</summary>
internal sealed record BroughtIn(ImportId Id, string Source, string? Page, DateTimeOffset At)
{
    /// <summary>The origin of what came with it, before the source's own key.</summary>
    public static string OriginOf(ImportId import, string key) => $"{import}/{key}";

    /// <summary>The import that an origin names, where it names one.</summary>
    public static BroughtIn? Of(World world, string? origin) =>
        origin?.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? world.Imports.GetValueOrDefault(new(origin[..end])) : null;
}
