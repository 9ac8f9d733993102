using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Candor.State.Incidents;

namespace Candor.State.Postmortems;

/// <summary>
/// The first draft of a postmortem, made of what the journal knows: figures, impact by component, timeline. What only
/// people know stays an empty section with its question as the heading. In the page's language, because it is published.
/// </summary>
internal sealed class PostmortemDraft
{
    private readonly World world;
    private readonly Incident incident;
    private readonly TimeZoneInfo zone;
    private readonly DateTimeOffset now;
    private readonly IncidentFigures figures;
    private readonly DateTimeFormatInfo dates;
    private readonly DraftWords words;

    private PostmortemDraft(World world, Incident incident, TimeZoneInfo zone, DateTimeOffset now)
    {
        (this.world, this.incident, this.zone, this.now) = (world, incident, zone, now);
        figures = IncidentFigures.Of(incident, now);
        (dates, words) = (StoredWords.Of(world.Page).Dates, StoredWords.Of(world.Page).Draft);
    }

    public static ImmutableArray<PostmortemSection> Of(World world, Incident incident, TimeZoneInfo zone, DateTimeOffset now) =>
        new PostmortemDraft(world, incident, zone, now).Sections();

    private ImmutableArray<PostmortemSection> Sections() =>
    [
        new(words.Summary, Summary()),
        new(words.Impact, Impact()),
        new(words.WhoWasAffected, ""),
        new(words.Timeline, Timeline()),
        new(words.Figures, Figures()),
        new(words.RootCause, ""),
        new(words.WentWell, ""),
        new(words.WentBadly, ""),
        new(words.WeWillDo, ""),
    ];

    private string Summary()
    {
        var names = string.Join(", ", incident.AffectedComponents.Select(NameOf));
        var began = words.Began(Day(incident.StartedAt), Clock(incident.StartedAt), figures.ToResolve is { } time ? words.Lasting(time) : null);
        return $"{incident.Title}. {began}{(names.Length > 0 ? $" {words.Affected(names)}" : "")}";
    }

    private string Impact()
    {
        var lines =
            from id in incident.AffectedComponents
            from interval in incident.IntervalsOf(id)
            where interval.Value != ComponentStatus.Operational
            let until = interval.Until is { } end ? Clock(end) : null
            select $"- {NameOf(id)}: {words.Stretch(words.Of(interval.Value), Clock(interval.From), until, words.Lasting((interval.Until ?? now) - interval.From))}";
        return string.Join('\n', lines);
    }

    private string Timeline()
    {
        var entries = incident.Downtimes.SelectMany(Measured)
            .Concat(incident.Components.Select(change => (
                change.At,
                $"{(change.Region is { } region ? words.InRegion(NameOf(change.Component), region) : NameOf(change.Component))}: {words.Of(change.Status)}.")))
            .Concat(incident.Updates.Where(update => update.IsReadable).Select(update => (update.DisplayAt, Said(update))))
            .Concat(incident.Promises.Where(promise => promise.Missed).Select(promise => (promise.DueAt, words.PromiseMissed)))
            .Append((incident.StartedAt, words.TroubleBegan))
            .OrderBy(entry => entry.Item1);
        var text = new StringBuilder();
        var day = "";
        foreach (var (at, what) in entries)
        {
            if (Day(at) != day)
            {
                day = Day(at);
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "\n" : "")}**{day}**\n\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"- {Clock(at)} {what}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    private string Figures()
    {
        var lines = new List<string>();
        void Say(string what, TimeSpan? time) => lines.AddRange(time is { } known ? [$"- {what}: {words.Lasting(known)}"] : []);
        Say(words.ToDetect, figures.ToDetect);
        Say(words.ToFirstWord, figures.ToFirstWord);
        Say(words.ToResolve, figures.ToResolve);
        if (!incident.Downtimes.IsEmpty)
        {
            lines.Add($"- {words.MeasuredDowntime(words.Lasting(figures.Measured), incident.Downtimes.Length)}");
        }

        lines.AddRange(IncidentFigures.SilencesOf(incident, now)
            .Where(silence => silence.Lasted >= IncidentFigures.Notable)
            .Select(silence => $"- {words.NothingSaid(Clock(silence.From), Clock(silence.Until), words.Lasting(silence.Lasted))}"));
        return string.Join('\n', lines);
    }

    private IEnumerable<(DateTimeOffset, string)> Measured(Downtime downtime)
    {
        yield return (downtime.Began, words.StopsWorking);
        if (downtime.Ended is { } ended)
        {
            yield return (ended, words.WorksAgain);
        }
    }

    /// <summary>The first line of an update: the rest is on the incident's page.</summary>
    private string Said(IncidentUpdate update)
    {
        var line = update.Body.Split('\n').FirstOrDefault(one => one.Trim().Length > 0)?.Trim() ?? "";
        return $"{(update.KeepsStatus ? words.Update : words.Of(update.Status))}{(update.Automatic ? words.Automatic : "")}: {line}";
    }

    private string NameOf(ComponentId id) =>
        world.Components.TryGetValue(id, out var component) ? component.Definition.Name : world.HistoricNames.GetValueOrDefault(id) ?? id.Value;

    private string Clock(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var offset = local.Offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{local:zzz}");
        return string.Create(CultureInfo.InvariantCulture, $"{local:HH:mm} {offset}");
    }

    private string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("D", dates);
}
