using System.Globalization;
using System.Text;
using Candor.Pages.Html;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Pages.Feeds;

/// <summary>RFC 5545: each incident is an event that lasted as long as it did and blocks nobody's time.</summary>
internal static class CalendarFile
{
    private const int EventsMax = 200;

    /// <summary>Octets in a line, without its end.</summary>
    private const int LineMax = 75;

    public static Rendition Render(Sheet sheet, string path)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN", "VCALENDAR");
        Line(text, "VERSION", "2.0");
        Line(text, "PRODID", $"-//Candor//Status page//{sheet.Language.Tag.ToUpperInvariant()}");
        Line(text, "CALSCALE", "GREGORIAN");
        Line(text, "METHOD", "PUBLISH");
        Line(text, "X-WR-CALNAME", Escaped(sheet.Words.Feeds.CalendarOf(sheet.Page.Name)));
        Line(text, "REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
        foreach (var incident in sheet.Incidents.Where(incident => incident.Removed is null).Take(EventsMax))
        {
            Event(text, sheet, incident);
        }

        foreach (var maintenance in sheet.Maintenances.Where(one => one.Removed is null).Reverse().Take(EventsMax))
        {
            Event(text, sheet, maintenance);
        }

        Line(text, "END", "VCALENDAR");
        return new(path, "text/calendar; charset=utf-8", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void Event(StringBuilder text, Sheet sheet, Incident incident)
    {
        Line(text, "BEGIN", "VEVENT");
        Line(text, "UID", $"{incident.Id.Value}@{sheet.Page.Id}.candor.invalid");
        Line(text, "DTSTAMP", Instant(incident.UpdatedAt));
        Line(text, "CREATED", Instant(incident.CreatedAt));
        Line(text, "LAST-MODIFIED", Instant(incident.UpdatedAt));
        Line(text, "SEQUENCE", (incident.Updates.Length - 1).ToString(CultureInfo.InvariantCulture));
        Line(text, "DTSTART", Instant(incident.StartedAt));

        // An end that is not after the start is forbidden; without one the event is a moment.
        if (incident.ClosedAt is { } resolved && resolved - incident.StartedAt >= TimeSpan.FromSeconds(1))
        {
            Line(text, "DTEND", Instant(resolved));
        }

        Line(text, "SUMMARY", Escaped($"{incident.Title} ({sheet.Language.Names.Within(incident.Status)})"));
        Line(text, "DESCRIPTION", Escaped(Description(sheet, incident)));
        Line(text, "URL", Links.To(sheet.Page, Links.PathOf(incident.Id)));
        Line(text, "CATEGORIES", sheet.Words.Feeds.Incident);
        Line(text, "TRANSP", "TRANSPARENT");
        Line(text, "END", "VEVENT");
    }

    /// <summary>Planned work stands where it is planned, until it was done: then where it was.</summary>
    private static void Event(StringBuilder text, Sheet sheet, Maintenance maintenance)
    {
        var from = maintenance.StartedAt ?? maintenance.Plan.ScheduledFor;
        var until = maintenance.StartedAt is null ? maintenance.Plan.ScheduledUntil : maintenance.EndedAt ?? maintenance.Plan.ScheduledUntil;
        Line(text, "BEGIN", "VEVENT");
        Line(text, "UID", $"{maintenance.Id.Value}@{sheet.Page.Id}.candor.invalid");
        Line(text, "DTSTAMP", Instant(maintenance.UpdatedAt));
        Line(text, "CREATED", Instant(maintenance.CreatedAt));
        Line(text, "LAST-MODIFIED", Instant(maintenance.UpdatedAt));
        Line(text, "SEQUENCE", (maintenance.Version - 1).ToString(CultureInfo.InvariantCulture));
        Line(text, "DTSTART", Instant(from));
        if (until - from >= TimeSpan.FromSeconds(1))
        {
            Line(text, "DTEND", Instant(until));
        }

        Line(text, "SUMMARY", Escaped($"{maintenance.Title} ({sheet.Language.Names.Within(sheet.Language.Names.Of(maintenance))})"));
        Line(text, "DESCRIPTION", Escaped(string.Join("\n\n", maintenance.Updates.Where(update => update.Removed is null).Reverse()
            .Select(update => $"{sheet.Language.Names.Of(update)}, {sheet.Clock.Exact(update.DisplayAt)}\n{Markdown.ToText(update.Body)}"))));
        Line(text, "URL", Links.To(sheet.Page, Links.PathOf(maintenance.Id)));
        Line(text, "CATEGORIES", sheet.Words.Feeds.Maintenance);
        Line(text, "STATUS", maintenance.Cancelled is null ? "CONFIRMED" : "CANCELLED");
        Line(text, "TRANSP", "TRANSPARENT");
        Line(text, "END", "VEVENT");
    }

    private static string Description(Sheet sheet, Incident incident) => string.Join("\n\n", incident.Updates.Where(update => update.IsReadable).Reverse()
        .Select(update => $"{sheet.Language.Names.Of(update)}, {sheet.Clock.Exact(update.DisplayAt)}\n{Markdown.ToText(update.Body)}")
        .Append(Summary.Affected(sheet.World, incident, sheet.Language))
        .Where(part => part is not null));

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");

    private static string WithoutControls(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Where(c => !char.IsControl(c))) : text;

    /// <summary>A content line, folded so that no letter is cut in half. No value can begin a line of its own.</summary>
    private static void Line(StringBuilder into, string name, string value)
    {
        var line = $"{name}:{WithoutControls(value)}";
        var (octets, from, to) = (0, 0, 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineMax)
            {
                into.Append(line, from, to - from).Append("\r\n ");
                (octets, from) = (1, to);
            }

            octets += rune.Utf8SequenceLength;
            to += rune.Utf16SequenceLength;
        }

        into.Append(line, from, to - from).Append("\r\n");
    }
}
