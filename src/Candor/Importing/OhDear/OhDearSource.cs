using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Importing.OhDear;

/// <summary>Oh Dear's feed in JSON. "X appears to be down." and "X has recovered." are records apart: they are paired by X.</summary>
internal sealed class OhDearSource : IImportSource
{
    private const string Down = " appears to be down.";
    private const string Recovered = " has recovered.";

    public string Name => "ohdear";

    public string Title => "Oh Dear";

    public bool Recognises(SourceFile file) => file.Json.HasAll("sites", "updatesPerDay");

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var tree = new ComponentTree(warnings);
        foreach (var (group, sites) in files.SelectMany(f => f.Json["sites"].Members))
        {
            var key = group is "ungrouped" or "" ? null : $"group:{group}";
            if (key is not null)
            {
                tree.Add(key, group, isGroup: true);
            }

            foreach (var site in sites.Items)
            {
                tree.Add(site.Any("url", "label").Line, site["label"].Text, key, status: StatusWords.Component(site["status"].Text));
            }
        }

        var updates = files.SelectMany(f => f.Json["updatesPerDay"].Values.SelectMany(d => d.Items).Append(f.Json["pinnedUpdate"]))
            .Where(u => u["title"].Says).DistinctBy(u => u["id"].Text ?? u["title"].Text);
        return new()
        {
            PageName = files[0].Json["title"].Line,
            TimeZone = SourceTimes.Zone(files[0].Json["timezone"].Text)?.Id,
            Components = tree.Make(),
            Incidents = [.. Paired(Chronicle.OldestFirst(updates, u => u["time"].Time)).Select(i => Incident(i, tree))],
        };
    }

    private static List<List<SourceValue>> Paired(List<SourceValue> updates)
    {
        var (all, open) = (new List<List<SourceValue>>(), new Dictionary<string, List<SourceValue>>());
        foreach (var update in updates)
        {
            var title = update["title"].Line ?? "";
            if (title.EndsWith(Recovered, StringComparison.Ordinal) && open.Remove(title[..^Recovered.Length], out var begun))
            {
                begun.Add(update);
                continue;
            }

            all.Add([update]);
            if (title.EndsWith(Down, StringComparison.Ordinal))
            {
                open[title[..^Down.Length]] = all[^1];
            }
        }

        return all;
    }

    private static ImportedIncident Incident(List<SourceValue> told, ComponentTree tree)
    {
        var title = told[0]["title"].Line ?? "Untitled";
        var site = title.EndsWith(Down, StringComparison.Ordinal) ? title[..^Down.Length] : null;
        return new Telling(told[0]["id"].Text ?? SourceKeys.Of(title, [told[0]["time"].Text]), title.TrimEnd('.'),
            [.. told.Select(u => new ImportedUpdate(u["time"].Time, u["severity"].Text == "resolved" ? IncidentStatus.Resolved : null,
                Markup.ToMarkdown(u["text"].Text) is { Length: > 0 } text ? text : u["title"].Line ?? ""))])
        {
            IsOver = told[^1]["severity"].Text == "resolved",
            Status = site is null ? null : ComponentStatus.MajorOutage,
            Affected = tree.FindByName(site) is { } path ? [path] : [],
        }.Make();
    }
}
