using Candor.Notices.Channels;

namespace Candor.Notices.Wording;

/// <summary>
/// Keeps a message to a size that people read and channels take, however much was said: what is so now stays whole for as
/// long as there is room, and what was said before that becomes a line each. All of it is on the page.
/// </summary>
internal static class Shortening
{
    /// <summary>Four words of the greatest length.</summary>
    public const int CharactersMost = 100_000;

    public static MessageFacts Of(MessageFacts facts)
    {
        var left = CharactersMost;
        var newest = facts.Parts.Select(static part => part.Updates).Select(updates => updates is [var first, ..] ? Fit(first) : null).ToList();
        return facts with
        {
            Updates = [.. facts.Updates.Select(Fit)],
            Parts = [.. facts.Parts.Zip(newest, (part, first) => first is null ? part : part with { Updates = [first, .. part.Updates.Skip(1).Select(Fit)] })],
        };

        MessageUpdate Fit(MessageUpdate update)
        {
            left -= Math.Min(left + 1, update.Body.Length);
            return left >= 0 ? update : update with { Body = Sentences.Excerpt(update.Body) };
        }
    }
}
