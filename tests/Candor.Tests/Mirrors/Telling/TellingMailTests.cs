using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.State;
using Candor.Tests.Pages;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>The mail of a bulletin: what was said, that the page is elsewhere, and the way out.</summary>
public sealed class TellingMailTests
{
    private static readonly Uri Home = new("https://status.example.net/");
    private static readonly ContactEntry Ada = new("ada@example.com", "ada000000000.00ff");
    private static readonly ContactList List = new("Heron", "https://status.example.com", [Ada]);

    private static readonly Bulletin First = new(
        "4f8k2n6p9q1s", "4f8k2n6p9q1s", MadeUpWorld.Start, IncidentStatus.Investigating, "Everything is <down>", "We lost our account.\nNext word by 16:00 UTC.");

    [Fact]
    public void It_says_what_was_said_where_the_page_is_and_how_to_hear_no_more()
    {
        var mail = TellingMail.Of(First, List, Ada, Home);
        Assert.Equal("[Heron] Everything is <down>: investigating", mail.Subject);
        Assert.Equal(
            """
            Everything is <down>
            Investigating, March 1, 2026, 09:00 UTC

            We lost our account.
            Next word by 16:00 UTC.

            Heron answers from elsewhere at the moment, and this mail was sent from there too: its own address, https://status.example.com, may not answer.
            Read on: https://status.example.net/

            You get it because you asked to be told of this page.
            Unsubscribe: https://status.example.net/unsubscribe/ada000000000.00ff

            """, mail.Text);
        Assert.Contains("<h1>Everything is &lt;down&gt;</h1>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<down>", mail.Html, StringComparison.Ordinal);
        Assert.Equal(("https://status.example.net/unsubscribe/ada000000000.00ff", "ada@example.com"), (mail.UnsubscribeUrl, mail.Address));
    }

    [Fact]
    public void Whoever_is_told_in_german_is_told_so_here_too()
    {
        var mail = TellingMail.Of(First, List, Ada with { Language = "de" }, Home);
        Assert.Equal("de", mail.Language);
        Assert.Contains("UTC\n\nWe lost our account.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Heron antwortet im Moment von einem anderen Ort aus; von dort kommt auch diese Nachricht. Die eigene Adresse, https://status.example.com, antwortet vielleicht nicht.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("\nAbbestellen: https://status.example.net/unsubscribe/", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("nvestigating", mail.Subject + mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Told_again_it_is_the_same_mail_and_the_next_one_goes_on_from_it()
    {
        var (mail, again) = (TellingMail.Of(First, List, Ada, Home), TellingMail.Of(First, List, Ada, Home));
        var next = TellingMail.Of(First with { Id = "7a8b9c0d1e2f", Status = IncidentStatus.Resolved }, List, Ada, Home);
        Assert.Equal((mail.Key, mail.Thread), (again.Key, again.Thread));
        Assert.Equal(mail.Thread, next.Thread);
        Assert.NotEqual(mail.Key, next.Key);
        Assert.Equal(32, mail.Key.Length);
        Assert.NotEqual(mail.Key, TellingMail.Of(First, List, Ada with { Leave = "bob000000000.00ff" }, Home).Key);
    }
}
