using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Importing.Instatus;

/// <summary>A notice: an incident, or a maintenance where its status is one of a maintenance.</summary>
internal sealed class InstatusNotice(SourceValue notice, ComponentTree tree, Warnings warnings)
{
    private readonly List<SourceValue> updates = Chronicle.OldestFirst(notice["updates"].Items, TimeOf);

    public bool IsMaintenance =>
        notice["status"].Text is "NOTSTARTEDYET" or "INPROGRESS" or "COMPLETED" || notice.Has("start") || notice["impact"].Text == "UNDERMAINTENANCE";

    public ImportedIncident Incident(IEnumerable<(string Component, SourceValue Outage)> outages)
    {
        var said = updates.Select(u => new ImportedUpdate(TimeOf(u), StatusWords.Incident(u["status"].Text), Body(u))).ToImmutableArray();
        if (said.IsEmpty)
        {
            warnings.Add($"incident “{Title}”", "is told without its updates", "import the incident's own page, or its feed");
        }

        var intervals = outages.Where(o => o.Outage["noticeId"].Text == Key && tree.Find(o.Component) is not null)
            .Select(o => (o.Component, Status: StatusWords.Component(o.Outage["status"].Text), From: o.Outage["from"].Time, Until: o.Outage["to"].Time))
            .Where(o => o.Status is not null and not ComponentStatus.Operational)
            .OrderBy(o => o.From)
            .Select(o => new ImportedInterval(tree.Find(o.Component)!.Value, o.Status!.Value, o.From, o.Until)).ToImmutableArray();
        var status = StatusWords.Incident(notice["status"].Text) ?? Outcome.Newest(said);
        return new(Key, Title)
        {
            Url = notice["url"].Line,
            StartedAt = notice["started"].Time ?? said.Select(u => u.At).FirstOrDefault(),
            ResolvedAt = notice["resolved"].Time ?? (status == IncidentStatus.Resolved ? Outcome.ResolvedAt(said) : null),
            Impact = StatusWords.Impact(notice["impact"].Text),
            Status = status,
            Updates = said,
            Intervals = intervals,
            Affected = Affected(intervals.Select(i => i.Component)),
        };
    }

    public ImportedMaintenance Maintenance()
    {
        var start = notice.Any("start", "started").Time;
        return new(Key, Title, start, notice.Any("end", "resolved").Time
            ?? (notice["duration"].Number is > 0 and < 10_000_000 and var minutes ? start?.AddMinutes(minutes) : null))
        {
            Url = notice["url"].Line,
            Status = StatusWords.Maintenance(notice["status"].Text),
            Updates = [.. updates.Select(u => new ImportedMaintenanceUpdate(TimeOf(u), StatusWords.Maintenance(u["status"].Text), Body(u)))],
            Affected = Affected([]),
        };
    }

    private string Key => notice["id"].Text!;

    private string Title => InstatusPage.Says(notice["name"])!;

    private static DateTimeOffset? TimeOf(SourceValue update) => update.Any("started", "createdAt", "created_at").Time;

    /// <summary>The Markdown that the author wrote; else the HTML that was made of it.</summary>
    private static string Body(SourceValue update)
    {
        var message = update.Any("message", "markdown");
        var text = message.IsObject ? message["default"].Text ?? message.Values.Select(v => v.Text).FirstOrDefault(t => t is not null) : message.Text;
        return SourceText.Body(text) is { Length: > 0 } body ? body
            : Markup.ToMarkdown(update["messageHtml"].Text ?? update["messageHtml"]["default"].Text);
    }

    private ImmutableArray<ImmutableArray<string>> Affected(IEnumerable<ImmutableArray<string>> more)
    {
        var affected = new Intervals();
        foreach (var component in notice["components"].Items)
        {
            var name = InstatusPage.Says(component["name"]);
            if ((tree.Find(component["id"].Text) ?? tree.FindByName(name) ?? (name is null ? null : ImmutableArray.Create(name))) is { } path)
            {
                affected.Name(path);
            }
        }

        foreach (var path in more)
        {
            affected.Name(path);
        }

        return affected.Affected;
    }
}
