using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Candor.Languages;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Discord;
using Candor.Notices.Channels.Ntfy;
using Candor.Notices.Channels.PagerDuty;
using Candor.Notices.Channels.Slack;
using Candor.Notices.Channels.Sms;
using Candor.Notices.Channels.Teams;
using Candor.Notices.Channels.Telegram;
using Candor.Notices.Channels.Webhook;
using Candor.Notices.Channels.WebPush;
using Candor.Notices.Wording;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Tests.Notices.Wording;

/// <summary>Every kind of notice, through every channel, in either language. What people wrote in them is no word of any.</summary>
internal static class NoticeSamples
{
    private static readonly DateTimeOffset Now = new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);

    private static readonly MessageFacts Incident = new()
    {
        PageId = "page0page0pa",
        PageName = "Xeno",
        PageUrl = "https://x.example",
        Id = "k2vx1abcdefg",
        Title = "Zirkon",
        Url = "https://x.example/y",
        Status = "investigating",
        Impact = Impact.Critical,
        StartedAt = Now.AddMinutes(-26),
        UpdatedAt = Now.AddMinutes(-5),
        NextUpdateBy = Now.AddMinutes(34),
        Components = [.. Enum.GetValues<ComponentStatus>().Select(static status => new MessageComponent("c", "Basalt", status))],
        Updates = [.. Enumerable.Range(1, 14).Select(static i => new MessageUpdate(15 - i, "identified", Now.AddMinutes(-i), "Quarz.") { Automatic = i % 2 == 0 })],
    };

    private static readonly MessageFacts Planned = Incident with
    {
        About = MessageSubject.Maintenance,
        Status = "scheduled",
        Impact = Impact.None,
        StartedAt = Now.AddDays(3),
        ScheduledFor = Now.AddDays(3),
        ScheduledUntil = Now.AddDays(3).AddHours(2),
        NextUpdateBy = null,
    };

    private static readonly MessageFacts Due = Incident with { About = MessageSubject.Reminder, Updates = [], Components = [] };

    private static readonly MessageFacts Digest = Incident with { About = MessageSubject.Digest, Updates = [], Components = [], StartedAt = Now.AddDays(-1), UpdatedAt = Now, Status = "daily" };

    /// <summary>The facts of every kind, each in every way in which it may stand.</summary>
    public static IEnumerable<MessageFacts> Kinds(NoticeSpeech speech) =>
    [
        .. Enum.GetValues<IncidentStatus>().Select(static status => Incident with { Status = StatusWords.Of(status) }),
        Incident with { StartedAt = Now.AddDays(-3), NextUpdateBy = Now.AddDays(1) },
        Incident with { Status = "resolved", EndedAt = Now, StartedAt = Now.AddDays(-2).AddHours(-3) },
        Incident with { Status = "resolved", EndedAt = null },
        Incident with { Components = [.. Enumerable.Repeat(new MessageComponent("c", "Basalt", ComponentStatus.MajorOutage), 20)] },
        Incident with { Updates = [new(1, "identified", Now, string.Concat(Enumerable.Repeat("Quarz. ", Markdown.CharactersMax / 6)))] },
        .. new[] { null, "interrupted", "crashed", "timeout", "busy", "unreachable", "refused" }
            .Select(reason => Incident with { Delay = TimeSpan.FromMinutes(17), DelayReason = speech.DelayReason(reason) }),
        Incident with { Delay = TimeSpan.FromDays(2) },
        .. new[] { speech.WasRemoved("Zirkon", "Quarz"), speech.IncidentMerged, speech.CalledOff("Quarz") }
            .Select(static said => Incident with { Updates = [new(1, "resolved", Now, said)] }),
        Incident with { Status = "removed", EndedAt = Now },
        .. Enum.GetValues<IncidentStatus>().Select(static status => Incident with { Status = StatusWords.Of(status), ContinuesIn = new("other", "Zirkon") }),
        .. Enum.GetValues<MaintenanceStatus>().Select(static status => Planned with { Status = StatusWords.Of(status) }),
        Planned with { ScheduledUntil = Now.AddDays(4) },
        Planned with { ScheduledFor = null },
        Planned with { Status = "completed", EndedAt = Now },
        Planned with { Status = "in_progress", StartedAt = Now.AddMinutes(-26), ScheduledFor = Now.AddMinutes(-26) },
        Planned with { Status = "in_progress", StartedAt = Now.AddMinutes(-4), ScheduledFor = Now.AddMinutes(26) },
        .. new[] { -90, -5, 7, 60 * 30 }.Select(static minutes => Due with { Status = "promise", NextUpdateBy = Now.AddMinutes(minutes) }),
        Due with { Status = "silence" },
        Due with { Status = "silence", UpdatedAt = Now.AddDays(-1), Title = speech.NotPublic },
        .. new[] { -90, 12 }.Select(static minutes => Due with { Status = "beginning", NextUpdateBy = Now.AddMinutes(minutes) }),
        Due with { Status = "silence", EndedAt = Now },
        Digest with { Parts = [Incident] },
        Digest with { Parts = [Incident, Incident, Planned], StartedAt = Now.AddHours(-2), Delay = TimeSpan.FromMinutes(9) },
        Digest with { Parts = [Planned, Planned, Incident] },
        Incident with { About = MessageSubject.Test, Title = "Zirkon" },
        Incident with { About = MessageSubject.Confirmation },
        Incident with { About = MessageSubject.Link },
        .. new[] { speech.WholePage, speech.FromImpact(speech.Language.Names.Of(Impact.Major)), speech.NoMaintenance, speech.Together(DigestEvery.Hourly), speech.Together(DigestEvery.Daily), speech.Quoted("Zirkon") }
            .Select(chosen => Incident with { About = MessageSubject.Confirmation, Chosen = speech.Chosen([chosen]) }),
    ];

    public static Message Written(MessageFacts facts, Language language)
    {
        var words = Telling.Of(facts, new(new PageClock("Europe/Berlin", language), Now));
        return new()
        {
            Key = new('a', 32), Thread = new('b', 32), Address = "https://ntfy.example/zirkon",
            Words = new() { Subject = words.Subject, Text = words.Text, Html = words.Html, Language = language.Tag, Facts = facts, LinksFollow = NoticeEnd.FollowsOn(facts.About) },
            ManageUrl = "https://x.example/m", UnsubscribeUrl = "https://x.example/u",
        };
    }

    /// <summary>What a person gets to read of a message, by whatever channel it comes.</summary>
    public static IEnumerable<string> Read(Message message) =>
    [
        message.Subject,
        message.Text,
        new HtmlParser().ParseDocument(message.Html!).Body!.TextContent,
        SmsForm.Of(message, "+49151").Last().Value,
        .. ((JsonNode[])
        [
            SlackBody.Of(message), TeamsBody.Of(message), DiscordBody.Of(message), TelegramBody.Of(message), NtfyBody.Of(message), .. PagerDutyBody.All(message),
            JsonNode.Parse(WebPushBody.Of(message))!,

            // Programs are told of each word, so no digest goes to one.
            message.Facts.About == MessageSubject.Digest ? new JsonObject() : JsonNode.Parse(WebhookBody.Of(message))!,
        ]).SelectMany(static body => Shown(body)),
    ];

    private static IEnumerable<string> Shown(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(static member =>
            member is { Key: "text" or "title" or "description" or "message" or "body" or "summary" or "subject", Value: JsonValue value }
            && value.TryGetValue(out string? text) ? [text] : Shown(member.Value)),
        JsonArray list => list.SelectMany(Shown),
        _ => [],
    };
}
