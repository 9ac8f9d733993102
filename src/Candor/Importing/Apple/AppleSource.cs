using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.Apple;

/// <summary>Apple's system status. An event stands under each service that it affects, with one message and no updates.</summary>
internal sealed class AppleSource : IImportSource
{
    public string Name => "apple";

    public string Title => "Apple System Status";

    public bool Recognises(SourceFile file) => file.Json["services"] is { Says: true } list && list.Items.All(s => s.Has("serviceName") && s["events"].IsList);

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var services = files.SelectMany(f => f.Json["services"].Items).ToList();
        var tree = new ComponentTree(warnings);
        foreach (var service in services)
        {
            tree.Add(service["serviceName"].Line, service["serviceName"].Text, status: service["events"].Items
                .Where(e => e["eventStatus"].Text == "ongoing").Select(Status).DefaultIfEmpty(ComponentStatus.Operational).Max());
        }

        var events = services.SelectMany(s => s["events"].Items.Select(e => (Service: s["serviceName"].Line, Event: e)))
            .GroupBy(e => e.Event["messageId"].Text ?? SourceKeys.Of(e.Service ?? "", [e.Event["epochStartDate"].Text]))
            .Select(g => (g.Key, g.First().Event, Affected: g.Select(e => tree.Find(e.Service)).OfType<ImmutableArray<string>>().DistinctBy(ComponentTree.KeyOf).ToImmutableArray())).ToList();
        return new()
        {
            PageName = "Apple System Status",
            Components = tree.Make(),
            Incidents = [.. events.Where(e => !IsPlanned(e.Event)).Select(e => Incident(e.Key, e.Event, e.Affected))],
            Maintenances = [.. events.Where(e => IsPlanned(e.Event)).Select(e => Maintenance(e.Key, e.Event, e.Affected))],
        };
    }

    private static bool IsPlanned(SourceValue told) => told["statusType"].Text == "Maintenance";

    private static ComponentStatus? Status(SourceValue told) => told["statusType"].Text switch
    {
        "Outage" => ComponentStatus.MajorOutage,
        "Issue" => ComponentStatus.DegradedPerformance,
        "Maintenance" => ComponentStatus.UnderMaintenance,
        "Available" => ComponentStatus.Operational,
        _ => null,
    };

    private static string Headline(SourceValue told, ImmutableArray<ImmutableArray<string>> affected) =>
        $"{told["statusType"].Line ?? "Event"}: {string.Join(", ", affected.Take(3).Select(a => a[^1]))}{(affected.Length > 3 ? $" and {affected.Length - 3} more" : "")}";

    private static string Body(SourceValue told) =>
        SourceText.Body(string.Join("\n\n", new[] { told["message"].Text, told["usersAffected"].Text }.Where(t => !string.IsNullOrWhiteSpace(t))));

    private static ImportedIncident Incident(string key, SourceValue told, ImmutableArray<ImmutableArray<string>> affected)
    {
        var (began, ended) = (told["epochStartDate"].Time, told["epochEndDate"].Time);
        return new Telling(key, Headline(told, affected), [new(began, null, Body(told))])
        {
            Began = began,
            Ended = ended,
            IsOver = told["eventStatus"].Text is "resolved" or "completed",
            Status = Status(told),
            Affected = affected,
        }.Make() with { ResolvedAt = ended };
    }

    private static ImportedMaintenance Maintenance(string key, SourceValue told, ImmutableArray<ImmutableArray<string>> affected) =>
        new(key, Headline(told, affected), told["epochStartDate"].Time, told["epochEndDate"].Time)
        {
            Status = told["eventStatus"].Text switch { "upcoming" => "scheduled", "ongoing" => "in_progress", "resolved" or "completed" => "completed", _ => null },
            Updates = [new(told["epochStartDate"].Time, null, Body(told))],
            Affected = affected,
        };
}
