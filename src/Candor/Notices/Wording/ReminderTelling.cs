using Candor.Notices.Channels;

namespace Candor.Notices.Wording;

/// <summary>What responders are reminded of: what is due, since when or until when, and what ends it.</summary>
internal static class ReminderTelling
{
    public static NoticeWords Of(MessageFacts facts, Hearer hearer)
    {
        var speech = hearer.Speech;
        if (facts.EndedAt is not null)
        {
            return PlainTelling.Words(facts, speech.InHand(facts.Title), facts.PageUrl, speech.StatusPage);
        }

        var words = facts.Status switch
        {
            "promise" => speech.Promise(facts.Title, facts.NextUpdateBy!.Value, hearer),
            "silence" => speech.Silence(facts.Title, facts.UpdatedAt, hearer),
            _ => speech.Beginning(facts.Title, facts.NextUpdateBy!.Value, hearer),
        };
        return PlainTelling.Words(facts, words, facts.Url, speech.Acknowledge);
    }
}
