using System.Collections.Immutable;
using System.Globalization;
using Candor.Importing.Reading;

namespace Candor.Importing.Aws;

/// <summary>
/// Updates are pieces of HTML that begin with a clock in yellow: " 5:56 AM PST", sometimes with a day, "Dec 7, 6:03 AM PST".
/// Oldest first; a clock that goes back has passed midnight.
/// </summary>
internal static class AwsUpdates
{
    private const string Clock = "<span class=\"yellowfg\">";

    public static ImmutableArray<ImportedUpdate> Read(string html, DateTimeOffset? began, string title, Warnings warnings)
    {
        var updates = ImmutableArray.CreateBuilder<ImportedUpdate>();
        var last = began;
        var at = html.IndexOf(Clock, StringComparison.Ordinal);
        if (at < 0)
        {
            return Markup.ToMarkdown(html) is { Length: > 0 } body ? [new(began, null, body)] : [];
        }

        while (at >= 0)
        {
            var opens = at + Clock.Length;
            var closes = html.IndexOf("</span>", opens, StringComparison.Ordinal);
            if (closes < 0)
            {
                break;
            }

            at = html.IndexOf(Clock, closes, StringComparison.Ordinal);
            var text = Markup.ToMarkdown(html[(closes + 7)..(at < 0 ? html.Length : at)]);
            var time = Time(Markup.ToLine(html[opens..closes]), last, updates.Count == 0);
            if (time is null)
            {
                warnings.Add($"“{title}”", "has an update whose clock cannot be read", "it is placed by its neighbours");
            }

            last = time ?? last;
            updates.Add(new(time ?? last, null, text));
        }

        return updates.ToImmutable();
    }

    private static DateTimeOffset? Time(string text, DateTimeOffset? anchor, bool isFirst)
    {
        var parts = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (anchor is null || parts.Length < 3)
        {
            return null;
        }

        var offset = ZoneNames.Offset(parts[^1]) ?? TimeSpan.FromHours(-8);
        if (!TimeOnly.TryParse($"{parts[^3]} {parts[^2]}", CultureInfo.InvariantCulture, out var clock))
        {
            return null;
        }

        var near = anchor.Value.ToOffset(offset);
        if (parts.Length >= 5 && SourceTimes.Month(parts[0]) is { } month && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            && day >= 1 && day <= DateTime.DaysInMonth(near.Year, month))
        {
            var told = new DateTimeOffset(new DateOnly(near.Year, month, day).ToDateTime(clock), offset);
            return told < anchor - TimeSpan.FromDays(180) ? told.AddYears(1) : told;
        }

        // The first clock lies around the moment that the row itself bears; each other follows the one before.
        var candidate = new DateTimeOffset(DateOnly.FromDateTime(near.DateTime).ToDateTime(clock), offset);
        var slack = TimeSpan.FromHours(isFirst ? 12 : 0);
        return candidate < near - slack ? candidate.AddDays(1) : candidate > near + TimeSpan.FromDays(1) - slack ? candidate.AddDays(-1) : candidate;
    }
}
