using System.Collections.Immutable;
using System.Text;
using Candor.Languages;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Email;
using Candor.Notices.Wording;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.Tests.Pages;

namespace Candor.Tests.Notices.Wording;

public sealed class TellingTests
{
    private static readonly DateTimeOffset Began = new(2024, 2, 29, 9, 54, 0, TimeSpan.Zero);

    private static readonly Hearer Hearer = new(new PageClock("UTC", Language.English), Began.AddMinutes(26));

    internal static readonly MessageFacts Opened = new()
    {
        PageId = "page0page0pa",
        PageName = "Heron Copier",
        PageUrl = "https://status.heron.example",
        Id = "k2vx1abcdefg",
        Title = "Homepage down",
        Url = "https://status.heron.example/incidents/k2vx1abcdefg",
        Status = "investigating",
        Impact = Impact.Critical,
        StartedAt = Began,
        CreatedAt = Began.AddMinutes(1),
        UpdatedAt = Began.AddMinutes(25),
        NextUpdateBy = Began.AddMinutes(60),
        Components =
        [
            new("c1", "Homepage", ComponentStatus.MajorOutage), new("c2", "Login", ComponentStatus.DegradedPerformance),
            new("c3", "Search", ComponentStatus.Operational),
        ],
        Updates =
        [
            new(1, "investigating", Began.AddMinutes(25),
                "The homepage answers with an error. Copies that were begun go on.\n\n- Sign-in by **SSO** works\n- See [what we know](/incidents/k2vx1abcdefg)"),
        ],
    };

    internal static readonly MessageFacts Resolved = Opened with
    {
        Status = "resolved",
        EndedAt = Began.AddMinutes(46),
        NextUpdateBy = null,
        Delay = TimeSpan.FromMinutes(17),
        DelayReason = "the mail server did not answer",
        DelayReasonForPrograms = "the mail server did not answer",
        Updates =
        [
            new(4, "resolved", Began.AddMinutes(46), "The homepage works again. A certificate had expired."),
            new(3, "monitoring", Began.AddMinutes(40), "A new certificate is in place."),
            new(2, "identified", Began.AddMinutes(30), string.Join(' ', Enumerable.Repeat("The certificate of the **balancer** expired.", 12))),
            new(1, "investigating", Began.AddMinutes(1), "The homepage is down.") { Automatic = true },
        ],
    };

    internal static readonly MessageFacts Planned = Opened with
    {
        About = MessageSubject.Maintenance,
        Title = "Database upgrade",
        Status = "scheduled",
        Impact = Impact.None,
        StartedAt = Began.AddDays(3),
        ScheduledFor = Began.AddDays(3),
        ScheduledUntil = Began.AddDays(3).AddHours(2),
        NextUpdateBy = null,
        Components = [new("c1", "Homepage", ComponentStatus.Operational)],
        Updates = [new(1, "scheduled", Began, "The homepage is read-only for about ten minutes.")],
    };

    public static TheoryData<string> Names => ["opened", "resolved-late", "planned", "test", "confirmation"];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_said_is_approved(string name)
    {
        var (facts, hearer) = name switch
        {
            "opened" => (Opened, Hearer),
            "resolved-late" => (Resolved, Hearer with { Now = Began.AddMinutes(63), Clock = new("Europe/Berlin", Language.English) }),
            "planned" => (Planned, Hearer with { Clock = new("America/New_York", Language.English) }),
            "test" => (Opened with { About = MessageSubject.Test }, Hearer),
            _ => (Opened with { About = MessageSubject.Confirmation, Url = "https://status.heron.example/confirm/abc" }, Hearer),
        };
        var words = Telling.Of(facts, hearer);
        var message = Written(facts, words, "https://status.heron.example/manage/abc", "https://status.heron.example/unsubscribe/abc");

        Approved.Same($"notice-{name}.txt", Encoding.UTF8.GetBytes($"{message.Subject}\n\n{message.Text}"));
        Approved.Same($"notice-{name}.html", Encoding.UTF8.GetBytes(MailFrame.Around(message.Html!, message.Subject, message.Language)));
    }

    [Fact]
    public void Nothing_is_fetched_and_nothing_runs()
    {
        foreach (var hostile in XssStrings.All)
        {
            var facts = Opened with
            {
                PageName = hostile,
                Title = hostile,
                Status = hostile.Length > 0 ? hostile : "investigating",
                Url = hostile,
                PageUrl = hostile,
                DelayReason = hostile,
                Delay = TimeSpan.FromMinutes(9),
                Components = [new("c", hostile, ComponentStatus.MajorOutage)],
                Updates = [new(2, "identified", Began, hostile), new(1, hostile.Length > 0 ? hostile : "x", Began, hostile)],
            };
            var words = Telling.Of(facts, Hearer);
            var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(MailFrame.Around(Written(facts, words, hostile, hostile).Html!, words.Subject, hostile));

            Assert.Empty(document.QuerySelectorAll("script, img, iframe, object, embed, svg, link, form, input, base, video, audio, math"));
            Assert.All(document.All, static e => Assert.DoesNotContain(e.Attributes, static a => a.Name.StartsWith("on", StringComparison.Ordinal) || a.Name == "src"));
            Assert.All(document.QuerySelectorAll("a"), static a => Assert.True(SafeLink.Allows(a.GetAttribute("href"))));
            Assert.Single(document.QuerySelectorAll("style"));
        }
    }

    [Fact]
    public void The_subject_of_an_incident_changes_only_at_its_end()
    {
        Assert.Equal("[Heron Copier] Homepage down: investigating", Telling.Subject(Opened, Hearer.Speech));
        Assert.Equal("[Heron Copier] Homepage down: resolved", Telling.Subject(Resolved, Hearer.Speech));
        Assert.Equal("[Heron Copier] Database upgrade: in progress", Telling.Subject(Planned with { Status = "in_progress" }, Hearer.Speech));
    }

    [Fact]
    public void A_promise_that_was_broken_is_not_repeated() => Assert.DoesNotContain(
        "Next update", Telling.Of(Opened, Hearer with { Now = Began.AddMinutes(61) }).Text, StringComparison.Ordinal);

    [Fact]
    public void Many_words_and_many_components_are_cut_and_counted()
    {
        var facts = Opened with
        {
            Components = [.. Enumerable.Range(0, 300).Select(static i => new MessageComponent($"c{i}", $"Part {i}", ComponentStatus.MajorOutage))],
            Updates = [.. Enumerable.Range(0, 40).Select(static i => new MessageUpdate(40 - i, "identified", Began, $"Word {40 - i}."))],
        };
        var words = Telling.Of(facts, Hearer);

        Assert.Contains("and 292 more components.", words.Text, StringComparison.Ordinal);
        Assert.Contains("and 29 more on the page.", words.Text, StringComparison.Ordinal);
        Assert.Contains("and 29 more on the page.", words.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_holds_no_controls() => Assert.DoesNotContain(
        Telling.Of(Opened with { Updates = [new(1, "identified", Began, "a\0b\u001b[31mc\r\nd\re")] }, Hearer).Text,
        static c => char.IsControl(c) && c != '\n');

    private static Message Written(MessageFacts facts, NoticeWords words, string manage, string leave) => new()
    {
        Key = "k", Thread = "t", Address = "a", Words = new() { Subject = words.Subject, Text = words.Text, Html = words.Html, Facts = facts, LinksFollow = NoticeEnd.FollowsOn(facts.About) },
        ManageUrl = manage, UnsubscribeUrl = leave,
    };
}
