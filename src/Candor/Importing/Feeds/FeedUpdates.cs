using System.Collections.Immutable;
using System.Globalization;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Importing.Feeds;

/// <summary>
/// Cuts an entry's text into updates where it has heads as Statuspage writes them:
/// <c>&lt;small&gt;Aug 27, 00:26 UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - text</c>. The heads have no
/// year: it is found by walking back from the day of publishing.
/// </summary>
internal static class FeedUpdates
{
    /// <summary>An update may be listed before a slightly later one; a year is not stepped over for that.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromDays(45);

    public static ImmutableArray<FeedUpdate> Read(FeedEntry entry, Warnings warnings)
    {
        var heads = Heads(entry.Html);
        if (heads.Count == 0)
        {
            var body = Markup.ToMarkdown(entry.Html);
            if (entry.Published is null)
            {
                warnings.Add($"entry “{entry.Title}”", "has no time", "give it one after the import");
            }

            return [new(entry.Published, null, FeedWords.Status(entry.Title), body.Length > 0 ? body : entry.Title)];
        }

        var (updates, anchor) = (new List<FeedUpdate>(), entry.Published);
        for (var i = 0; i < heads.Count; i++)
        {
            var head = heads[i];
            var until = i + 1 < heads.Count ? heads[i + 1].Start : entry.Html.Length;
            var at = Time(head.Time, anchor, entry.Offset);
            anchor = at ?? anchor;
            if (at is null)
            {
                warnings.Add($"entry “{entry.Title}”", $"has an update whose time “{head.Time}” cannot be read", "give it one after the import");
            }

            updates.Add(new(at, head.Word, StatusWords.Incident(head.Word), Body(entry.Html[head.BodyStart..until])));
        }

        return [.. Chronicle.OldestFirst(updates, u => u.At)];
    }

    /// <summary>Where heads stand: a small print that is a time, a line break, a strong word.</summary>
    private static List<(int Start, int BodyStart, string Time, string Word)> Heads(string html)
    {
        var heads = new List<(int, int, string, string)>();
        for (var at = 0; (at = html.IndexOf("<small>", at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            var start = at;
            at += 7;
            if (Until(html, ref at, "</small>", 200) is { } small && Skip(html, ref at, "<br") && Until(html, ref at, ">", 4) is not null
                && Skip(html, ref at, "<strong>") && Until(html, ref at, "</strong>", 60) is { } word)
            {
                heads.Add((start, at, Markup.ToLine(small), Markup.ToLine(word)));
            }
        }

        return heads;
    }

    private static string? Until(string html, ref int at, string end, int longest)
    {
        var found = html.AsSpan(at, Math.Min(html.Length - at, longest + end.Length)).IndexOf(end, StringComparison.OrdinalIgnoreCase);
        if (found < 0)
        {
            return null;
        }

        var text = html[at..(at + found)];
        at += found + end.Length;
        return text;
    }

    private static bool Skip(string html, ref int at, string expected)
    {
        var next = at;
        while (next < html.Length && char.IsWhiteSpace(html[next]))
        {
            next++;
        }

        if (!html.AsSpan(next).StartsWith(expected, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        at = next + expected.Length;
        return true;
    }

    private static string Body(string html)
    {
        var body = Markup.ToMarkdown(html);
        return body.StartsWith('-') ? body[1..].TrimStart() : body;
    }

    /// <summary>"Aug 27, 00:26 UTC", "Jan 1, 09:09 PST", "May 13, 2017, 06:45 UTC".</summary>
    /// <param name="published">Some pages print PST all summer; the time of publishing has the true offset then.</param>
    private static DateTimeOffset? Time(string text, DateTimeOffset? anchor, TimeSpan? published)
    {
        var parts = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || SourceTimes.Month(parts[0]) is not { } month
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var day) || day is < 1 or > 31)
        {
            return SourceTimes.Read(text);
        }

        var hasYear = int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 1971 and < 9000;
        var rest = parts.AsSpan(hasYear ? 3 : 2);
        if (rest.Length == 0 || !TimeOnly.TryParse(rest[0], CultureInfo.InvariantCulture, out var clock) || (!hasYear && anchor is null))
        {
            return null;
        }

        var offset = rest.Length > 1 ? ZoneNames.Offset(rest[1]) ?? TimeSpan.Zero : TimeSpan.Zero;
        offset = published is { } told && (told - offset).Duration() == TimeSpan.FromHours(1) ? told : offset;
        if (hasYear)
        {
            return Moment(year, month, day, clock, offset);
        }

        var same = Moment(anchor!.Value.Year, month, day, clock, offset);
        return same is { } late && late > anchor + Disorder ? Moment(anchor.Value.Year - 1, month, day, clock, offset)
            : same is { } early && early < anchor - TimeSpan.FromDays(365) + Disorder ? Moment(anchor.Value.Year + 1, month, day, clock, offset)
            : same ?? Moment(anchor.Value.Year - 1, month, day, clock, offset);
    }

    private static DateTimeOffset? Moment(int year, int month, int day, TimeOnly clock, TimeSpan offset) =>
        day <= DateTime.DaysInMonth(year, month) ? new DateTimeOffset(new DateOnly(year, month, day).ToDateTime(clock), offset).ToUniversalTime() : null;
}
