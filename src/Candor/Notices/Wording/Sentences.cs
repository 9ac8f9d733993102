using Candor.Notices.Channels;
using Candor.Pages.Wording;
using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>The sentences that plain text and HTML share: since when, who is affected, what comes next, and how late this is.</summary>
internal static class Sentences
{
    private const int NamesMost = 8;
    private const int ExcerptMost = 160;

    public static bool IsOver(MessageFacts facts) => facts.Status is "resolved" or "postmortem" or "completed" || facts.EndedAt is not null;

    /// <summary>Follows the state word: "since 09:54 UTC (26 min)", or from when to when it was.</summary>
    public static string Span(MessageFacts facts, Hearer hearer)
    {
        var began = hearer.Clock.Short(facts.StartedAt, hearer.Now);
        if (facts.EndedAt is { } ended)
        {
            var over = $"at {hearer.Clock.Short(ended, hearer.Now)}.";

            // What was called off before its time never began.
            return ended > facts.StartedAt ? $"{over} It began at {began} and lasted {Lasting.Words(ended - facts.StartedAt)}." : over;
        }

        return facts is { ScheduledFor: { } from, ScheduledUntil: { } until } && from > hearer.Now
                ? $"for {hearer.Clock.Exact(from)}, until {Until(from, until, hearer)}."
            : facts.StartedAt > hearer.Now ? $"for {hearer.Clock.Exact(facts.StartedAt)}."
            : IsOver(facts) ? $". It began at {began}."
            : $"since {began} ({Lasting.Words(hearer.Now - facts.StartedAt)}).";
    }

    private static string Until(DateTimeOffset from, DateTimeOffset until, Hearer hearer) =>
        hearer.Clock.DateOf(from) == hearer.Clock.DateOf(until) ? hearer.Clock.TimeAndZone(until) : hearer.Clock.Exact(until);

    /// <summary>"Affected: Homepage (major outage) and Login (degraded performance)." Null where nothing was named.</summary>
    public static string? Affected(MessageFacts facts, Hearer hearer)
    {
        var names = facts.Components.Take(NamesMost).Select(c => IsOver(facts) || facts.StartedAt > hearer.Now
            ? c.Name
            : $"{c.Name} ({Labels.Of(c.Status).ToLowerInvariant()})").ToList();
        var left = facts.Components.Length - names.Count;
        if (left > 0)
        {
            names.Add(Listing.Count(left, "more component", "more components"));
        }

        return names.Count == 0 ? null : $"Affected: {Listing.And(names)}.";
    }

    public static string? Next(MessageFacts facts, Hearer hearer) =>
        IsOver(facts) || facts.NextUpdateBy is not { } by || by <= hearer.Now ? null
            : $"Next update by {hearer.Clock.Short(by, hearer.Now)}, or sooner.";

    /// <summary>When it was said, how much later it arrives, and why: whoever reads it must not take it for new.</summary>
    public static string? Late(MessageFacts facts, Hearer hearer)
    {
        if (facts.Delay is not { } delay)
        {
            return null;
        }

        var said = facts.Updates is [var newest, ..] ? newest.At : facts.UpdatedAt;
        var reason = facts.DelayReason is { Length: > 0 } why ? $": {why}" : "";
        return $"This reaches you late. It was published at {hearer.Clock.Short(said, hearer.Now)}, {Lasting.Words(delay)} before it was sent{reason}.";
    }

    public static string Heading(MessageUpdate update, Hearer hearer) =>
        $"{hearer.Clock.Short(update.DisplayAt, hearer.Now)}, {StatusWords.ForPeople(update.Status)}{(update.Automatic ? " (automatic)" : "")}";

    /// <summary>One line of a longer text, for what has been overtaken.</summary>
    public static string Excerpt(string body)
    {
        var line = string.Join(' ', Markdown.ToText(body).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= ExcerptMost)
        {
            return line;
        }

        var end = line.LastIndexOf(' ', ExcerptMost);
        return line[..(end > 0 ? end : ExcerptMost)] + " …";
    }
}
