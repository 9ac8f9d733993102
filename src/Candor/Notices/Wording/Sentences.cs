using Candor.Notices.Channels;
using Candor.Pages.Wording;

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
        // A postmortem comes days after the end, which is not when it was published.
        if (facts.EndedAt is { } ended && facts.Status != "postmortem")
        {
            // What was called off before its time never began.
            // What was a mistake did not last.
            var lasted = ended > facts.StartedAt && facts.Status != StatusWords.Removed;
            return hearer.Speech.Over(ended, facts.StartedAt, lasted ? ended - facts.StartedAt : null, hearer);
        }

        // Begun early, it is not to come any more.
        return facts is { Status: "scheduled", ScheduledFor: { } from, ScheduledUntil: { } until } && from > hearer.Now ? hearer.Speech.PlannedFor(from, until, hearer)
            : facts.StartedAt > hearer.Now ? hearer.Speech.PlannedFor(facts.StartedAt, null, hearer)
            : IsOver(facts) ? hearer.Speech.OverSome(facts.StartedAt, hearer)
            : facts.ScheduledUntil is { } end ? hearer.Speech.WorkGoesOn(facts.StartedAt, end, hearer)
            : facts.ContinuesIn is not null ? hearer.Speech.GoesOnThere(facts.StartedAt, hearer)
            : hearer.Speech.GoesOn(facts.StartedAt, hearer);
    }

    /// <summary>What stands behind the title where there is one line: "resolved", "continues in: Homepage is down (identified)".</summary>
    public static string State(MessageFacts facts, NoticeSpeech speech) => facts.ContinuesIn is { } other
        ? $"{speech.ContinuesIn(other.Title)} ({speech.StatusWithin(facts.Status)})"
        : speech.StatusWithin(facts.Status);

    /// <summary>The second line, of what goes on elsewhere: "Continues in: Homepage is down".</summary>
    public static string? Elsewhere(MessageFacts facts, Hearer hearer) =>
        facts.ContinuesIn is { } other && hearer.Speech.ContinuesIn(other.Title) is var said ? char.ToUpperInvariant(said[0]) + said[1..] : null;

    /// <summary>When planned work is, behind the subject where there is one line; null where the subject says as much.</summary>
    public static string? When(MessageFacts facts, Hearer hearer) => facts switch
    {
        { About: not MessageSubject.Maintenance } or { ScheduledFor: null } or { ScheduledUntil: null } => null,
        _ when IsOver(facts) => null,
        { Status: "scheduled" } when facts.ScheduledFor > hearer.Now => " " + hearer.Speech.PlannedFor(facts.ScheduledFor.Value, facts.ScheduledUntil, hearer).TrimEnd('.'),
        _ => hearer.Speech.PlannedUntil(facts.ScheduledUntil.Value, hearer),
    };

    /// <summary>"Affected: Homepage (major outage) and Login (degraded performance)." Null where nothing was named.</summary>
    public static string? Affected(MessageFacts facts, Hearer hearer)
    {
        var language = hearer.Clock.Language;
        var names = facts.Components.Take(NamesMost).Select(c => IsOver(facts) || facts.StartedAt > hearer.Now
            ? c.Name
            : $"{c.Name} ({language.Names.Within(c.Status)})").ToList();
        var left = facts.Components.Length - names.Count;
        if (left > 0)
        {
            names.Add(language.Lists.MoreComponents(left));
        }

        return names.Count == 0 ? null : hearer.Speech.Affected(names);
    }

    public static string? Next(MessageFacts facts, Hearer hearer) =>
        IsOver(facts) || facts.NextUpdateBy is not { } by || by <= hearer.Now ? null : hearer.Speech.NextBy(by, hearer);

    /// <summary>When it was said, how much later it arrives, and why: whoever reads it must not take it for new.</summary>
    public static string? Late(MessageFacts facts, Hearer hearer)
    {
        if (facts.Delay is not { } delay)
        {
            return null;
        }

        var said = facts.Updates is [var newest, ..] ? newest.At : facts.UpdatedAt;
        return hearer.Speech.Late(said, delay, facts.DelayReason, hearer);
    }

    public static string Heading(MessageUpdate update, Hearer hearer) =>
        $"{hearer.Short(update.DisplayAt)}, {hearer.Speech.Status(update.Status)}{(update.Automatic ? hearer.Speech.Automatic : "")}";

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
