using Candor.Notices.Channels;
using Candor.Pages.Wording;

namespace Candor.Notices.Wording;

/// <summary>What responders are reminded of: what is due, since when or until when, and what ends it.</summary>
internal static class ReminderTelling
{
    public static NoticeWords Of(MessageFacts facts, Hearer hearer)
    {
        if (facts.EndedAt is not null)
        {
            return PlainTelling.Words(
                $"[{facts.PageName}] In hand: {facts.Title}", "What was due is done, or somebody has it in hand.", "Nothing is left to do.", facts.PageUrl, "The status page");
        }

        var (subject, first) = facts.Status switch
        {
            "promise" => Promise(facts, hearer),
            "silence" => Silence(facts, hearer),
            _ => Beginning(facts, hearer),
        };
        var again = $"otherwise you are reminded again in {Lasting.Words(hearer.Reminding.Every)}, at most {Listing.Count(hearer.Reminding.Times, "time", "times")}.";
        var second = facts.Status == "beginning" ? "Acknowledge that you know" : "Post an update, or acknowledge that you have it in hand";
        return PlainTelling.Words($"[{facts.PageName}] {subject}", first, $"{second}; {again}", facts.Url, "Acknowledge");
    }

    private static (string Subject, string First) Promise(MessageFacts facts, Hearer hearer)
    {
        var (due, at) = (facts.NextUpdateBy!.Value, hearer.Clock.Short(facts.NextUpdateBy!.Value, hearer.Now));
        return due > hearer.Now
            ? ($"Due at {at}: the next update on {facts.Title}", $"The next update on {facts.Title} is promised by {at}, in {Lasting.Words(due - hearer.Now)}.")
            : ($"Overdue: the next update on {facts.Title}", $"The next update on {facts.Title} was promised by {at}, {Lasting.Words(hearer.Now - due)} ago.");
    }

    private static (string Subject, string First) Silence(MessageFacts facts, Hearer hearer) => (
        $"No word since {hearer.Clock.Short(facts.UpdatedAt, hearer.Now)}: {facts.Title}",
        $"Nothing has been said about {facts.Title} since {hearer.Clock.Short(facts.UpdatedAt, hearer.Now)} ({Lasting.Words(hearer.Now - facts.UpdatedAt)}), and it is open.");

    private static (string Subject, string First) Beginning(MessageFacts facts, Hearer hearer)
    {
        var (due, at) = (facts.NextUpdateBy!.Value, hearer.Clock.Short(facts.NextUpdateBy!.Value, hearer.Now));
        return due > hearer.Now
            ? ($"Begins at {at}: {facts.Title}", $"The planned work {facts.Title} begins at {at}, in {Lasting.Words(due - hearer.Now)}.")
            : ($"Has not begun: {facts.Title}", $"The planned work {facts.Title} was to begin at {at}, {Lasting.Words(hearer.Now - due)} ago, and has not.");
    }
}
