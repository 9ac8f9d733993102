using Candor.Notices.Channels;

namespace Candor.Notices.Wording;

/// <summary>The way from facts to words. Pure; whoever sends adds nothing.</summary>
internal static class Telling
{
    public static NoticeWords Of(MessageFacts facts, Hearer hearer) => facts.About switch
    {
        MessageSubject.Test => PlainTelling.Test(facts, hearer.Speech),
        MessageSubject.Confirmation => PlainTelling.Confirmation(facts, hearer.Speech),
        MessageSubject.Reminder => ReminderTelling.Of(facts, hearer),
        MessageSubject.Digest or MessageSubject.OverForLong => DigestTelling.Of(facts, hearer),
        MessageSubject.Link => PlainTelling.Link(facts, hearer.Speech),
        _ => new(Subject(facts, hearer.Speech), NoticeText.Of(facts, hearer), NoticeHtml.Of(facts, hearer))
        {
            Line = Sentences.When(facts, hearer) is { } when ? Subject(facts, hearer.Speech) + when : null,
            Next = Sentences.Next(facts, hearer),
        },
    };

    /// <summary>"[Heron Copier] Homepage down: investigating": the same for a whole incident but for the last words.</summary>
    public static string Subject(MessageFacts facts, NoticeSpeech speech) => $"[{facts.PageName}] {facts.Title}: {Sentences.State(facts, speech)}";
}
