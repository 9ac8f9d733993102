using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Importing.OneUptime;

/// <summary>OneUptime: the overview and the uptimes of a status page. Values are wrapped, states are user-made and told by flags.</summary>
internal sealed class OneUptimeSource : IImportSource
{
    public string Name => "oneuptime";

    public string Title => "OneUptime";

    public bool Recognises(SourceFile file) => file.Json.Has("statusPageResourceUptimes") || file.Json.Has("groupUptimes")
        || file.Json.HasAll("activeIncidents", "statusPageResources") || file.Json.HasAll("incidentPublicNotes", "incidentStateTimelines");

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var tree = new ComponentTree(warnings);
        foreach (var root in files.Select(f => f.Json))
        {
            foreach (var group in root["groupUptimes"].Items.Concat(root["resourceGroups"].Items))
            {
                var id = Plain(group.Any("statusPageGroupId", "_id", "id"));
                tree.Add(id, group.Any("statusPageGroupName", "name").Text, isGroup: true);
                Resources(tree, group["statusPageResourceUptimes"], id);
            }

            Resources(tree, root["statusPageResourceUptimes"], null);
            Resources(tree, root["statusPageResources"], null);
        }

        var roots = files.Select(f => f.Json).ToList();
        var notes = roots.SelectMany(r => r["incidentPublicNotes"].Items).ToLookup(n => Plain(n["incidentId"]));
        var states = roots.SelectMany(r => r["incidentStateTimelines"].Items).ToLookup(n => Plain(n["incidentId"]));
        return new()
        {
            Components = tree.Make(),
            Incidents = [.. roots.SelectMany(r => r["activeIncidents"].Items).Where(i => i["title"].Says).Select(i => Incident(i, notes, states)).DistinctBy(i => i.Key)],
        };
    }

    private static string? Plain(SourceValue value) => value.IsObject ? value["value"].Text : value.Text;

    private static DateTimeOffset? Time(SourceValue value) => SourceTimes.Read(Plain(value));

    private static void Resources(ComponentTree tree, SourceValue list, string? group)
    {
        foreach (var resource in list.Items)
        {
            var status = resource["currentStatus"];
            tree.Add(Plain(resource.Any("statusPageResourceId", "_id", "id")), resource.Any("statusPageResourceName", "displayName", "name").Text,
                group ?? Plain(resource["statusPageGroupId"]), status: status["isOperationalState"].Truth is true ? ComponentStatus.Operational : StatusWords.Component(status["name"].Text));
        }
    }

    private static ImportedIncident Incident(SourceValue incident, ILookup<string?, SourceValue> notes, ILookup<string?, SourceValue> states)
    {
        var id = Plain(incident.Any("_id", "id"));
        var told = notes[id].Select(n => new ImportedUpdate(Time(n.Any("postedAt", "createdAt")), null, SourceText.Body(n["note"].Text)))
            .Concat(states[id].Select(s => new ImportedUpdate(Time(s.Any("startsAt", "createdAt")), State(s["incidentState"]), s["incidentState"]["name"].Line ?? "")));
        var opened = new ImportedUpdate(Time(incident.Any("declaredAt", "createdAt")), IncidentStatus.Investigating, SourceText.Body(incident["description"].Text));
        return new Telling(id ?? SourceKeys.Of(incident["title"].Line!, []), incident["title"].Line!,
            [.. Chronicle.OldestFirst(told.Where(u => u.Body.Length > 0), u => u.At).Prepend(opened).Where(u => u.Body.Length > 0)])
        {
            Began = opened.At,
            IsOver = incident["currentIncidentState"]["isResolvedState"].Truth is true,
        }.Make();
    }

    private static IncidentStatus? State(SourceValue state) => state["isResolvedState"].Truth is true ? IncidentStatus.Resolved
        : state["isAcknowledgedState"].Truth is true ? IncidentStatus.Identified : state["isCreatedState"].Truth is true ? IncidentStatus.Investigating : null;
}
