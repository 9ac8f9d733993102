using Candor.Languages;
using Candor.Notices.Channels;
using Candor.Pages.Wording;
using Candor.State;

namespace Candor.Notices.Wording;

/// <summary>The message that a person sends to see whether a channel works. Pure; nothing in it but the page was written by anybody.</summary>
internal static class TestLetter
{
    /// <param name="key">Of this one attempt: a test is no notice, and another one is another test.</param>
    public static Message Of(Page page, string address, string key, DateTimeOffset now)
    {
        var facts = new MessageFacts
        {
            About = MessageSubject.Test, PageId = page.Id, PageName = page.Name, PageUrl = page.Url, Id = "test", Title = "Test", Status = "test",
            StartedAt = now, CreatedAt = now, UpdatedAt = now,
        };
        var language = Language.Of(page.Language);
        var words = Telling.Of(facts, new(new PageClock(page.TimeZone, language), now));
        return new()
        {
            Key = key,
            Thread = key,
            OpensThread = true,
            Address = address,
            Words = new() { Subject = words.Subject, Text = words.Text, Html = words.Html, Language = language.Tag, Facts = facts },
        };
    }
}
