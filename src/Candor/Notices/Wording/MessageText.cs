using System.Globalization;
using System.Net;
using System.Text;
using Candor.Notices.Channels;
using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>The words of one notice, for people: what, how it is now, since when, who is affected, what next and when.</summary>
internal sealed class MessageText(Page page, MessageFacts facts)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.TryFindSystemTimeZoneById(page.TimeZone, out var found) ? found : TimeZoneInfo.Utc;

    public string? ManageUrl { get; init; }

    public string? UnsubscribeUrl { get; init; }

    /// <summary>The status in front; what follows is the same for the whole thread.</summary>
    public string Subject() => OneLine($"{StatusWords.ForPeople(facts.Status)}: {facts.Title}");

    public string Plain()
    {
        var text = new StringBuilder();
        foreach (var paragraph in Paragraphs())
        {
            text.Append(text.Length > 0 ? "\n\n" : "").Append(paragraph.Text.Trim());
        }

        return text.Append('\n').ToString();
    }

    /// <summary>The content of a body element: paragraphs and one link, no style, no picture. Every text is encoded.</summary>
    public string Html()
    {
        var html = new StringBuilder();
        foreach (var (text, form) in Paragraphs())
        {
            var encoded = WebUtility.HtmlEncode(text.Trim()).Replace("\n", "<br>", StringComparison.Ordinal);
            html.Append(form switch
            {
                Form.Title => $"<h1>{encoded}</h1>",
                Form.Strong => $"<p><strong>{encoded}</strong></p>",
                Form.Link => $"<p><a href=\"{encoded}\">{encoded}</a></p>",
                _ => $"<p>{encoded}</p>",
            });
        }

        return html.ToString();
    }

    private IEnumerable<(string Text, Form Form)> Paragraphs()
    {
        yield return ($"{page.Name}: {facts.Title}", Form.Title);
        yield return (Now(), Form.Strong);
        if (facts.Delay is { } delay)
        {
            yield return ($"This comes {Length(delay)} late: {facts.DelayReason}. It tells how things are now.", Form.Plain);
        }

        foreach (var update in facts.Updates)
        {
            yield return ($"{Time(update.DisplayAt)} – {StatusWords.ForPeople(update.Status)}", Form.Strong);
            yield return (update.Body, Form.Plain);
        }

        if (!facts.Components.IsEmpty)
        {
            yield return ("Affected: " + string.Join(", ", facts.Components.Select(static one =>
                $"{one.Name} ({StatusWords.ForPeople(StatusWords.Of(one.Status)).ToLowerInvariant()})")), Form.Plain);
        }

        if (facts.NextUpdateBy is { } next)
        {
            yield return ($"Next update by {Time(next)}.", Form.Plain);
        }

        if (facts.Url is { } url)
        {
            yield return (url, Form.Link);
        }

        foreach (var line in Footer())
        {
            yield return line;
        }
    }

    private IEnumerable<(string Text, Form Form)> Footer()
    {
        if (ManageUrl is { } manage)
        {
            yield return ("You asked to be told. Change what you are told:", Form.Plain);
            yield return (manage, Form.Link);
        }

        if (UnsubscribeUrl is { } leave)
        {
            yield return ("End this subscription:", Form.Plain);
            yield return (leave, Form.Link);
        }
    }

    private string Now() => facts switch
    {
        { About: MessageSubject.Test } => "A test: this is how notices of this page arrive. Nothing has happened.",
        { ScheduledFor: { } from, ScheduledUntil: { } until, EndedAt: null } =>
            $"{StatusWords.ForPeople(facts.Status)}. Planned from {Time(from)} until {Time(until)}.",
        { EndedAt: { } ended } => $"{StatusWords.ForPeople(facts.Status)}. It began {Time(facts.StartedAt)} and was over {Time(ended)}.",
        _ => $"{StatusWords.ForPeople(facts.Status)}. It began {Time(facts.StartedAt)}.",
    };

    private string Time(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var offset = local.Offset == TimeSpan.Zero ? "UTC"
            : "UTC" + local.ToString("zzz", CultureInfo.InvariantCulture);
        return local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " " + offset;
    }

    private static string Length(TimeSpan length) => length switch
    {
        { TotalHours: >= 24 } => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalDays} d {length.Hours} h"),
        { TotalMinutes: >= 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours} h {length.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)length.TotalMinutes)} min"),
    };

    /// <summary>No line break gets out of a title into a header.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c)).Trim();

    private enum Form
    {
        Plain,
        Title,
        Strong,
        Link,
    }
}
