using System.Globalization;
using System.Text.Json.Nodes;
using Candor.Notices.Channels.Http;
using Candor.Notices.Wording;

namespace Candor.Notices.Channels.PagerDuty;

/// <summary>Events of version 2, or a change event for planned work.</summary>
internal static class PagerDutyBody
{
    private const int SummaryMost = 1_024;
    private const int DetailsMost = 8_000;

    public static string PathOf(Message message) => IsChange(message) ? "/v2/change/enqueue" : "/v2/enqueue";

    /// <summary>
    /// What is sent, one after the other: the alert of what goes on in another incident is resolved behind the other one's, so
    /// that somebody is called at every moment, and with its end both, as nothing says which of them came last; a test raises an
    /// alert and resolves it.
    /// </summary>
    public static IReadOnlyList<JsonObject> All(Message message) => message switch
    {
        { Facts.About: MessageSubject.Test } => [Of(message, "trigger", message.Thread), Of(message, "resolve", message.Thread)],
        { GoesOnInThread: { } other } => [Of(message with { Words = message.Words with { Subject = SubjectThere(message) } }, "trigger", other), Of(message, "resolve", message.Thread)],
        _ when IsChange(message) => [Plain(message)],
        { Facts.EndedAt: null } => [Of(message, "trigger", message.Thread)],
        _ => [.. message.EndsThreads.Prepend(message.Thread).Select(alert => Of(message, "resolve", alert))],
    };

    private static string SubjectThere(Message message) =>
        $"[{message.Facts.PageName}] {message.Facts.ContinuesIn!.Title}: {NoticeSpeech.Of(message).StatusWithin(message.Facts.Status)}";

    private static JsonObject Plain(Message message)
    {
        var facts = message.Facts;
        var payload = new JsonObject
        {
            ["summary"] = ChatText.Cut(message.Subject, SummaryMost),
            ["source"] = facts.PageUrl ?? facts.PageName,
            ["timestamp"] = facts.UpdatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["custom_details"] = new JsonObject { ["text"] = ChatText.Of(message, DetailsMost), ["status"] = facts.Status },
        };
        var body = new JsonObject { ["routing_key"] = message.Address, ["payload"] = payload };
        if (facts.Url is { } url)
        {
            body["links"] = new JsonArray(new JsonObject { ["href"] = url, ["text"] = facts.About == MessageSubject.Reminder ? ChatText.LinkWords(message) : NoticeSpeech.Of(message).IncidentOnPage });
        }

        return body;
    }

    private static JsonObject Of(Message message, string action, string alert)
    {
        var (facts, body) = (message.Facts, Plain(message));
        var payload = body["payload"]!;
        payload["severity"] = Severities.Of(facts) switch
        {
            Severity.Over => "info",
            Severity.Critical => "critical",
            Severity.Major => "error",
            _ => "warning",
        };
        payload["component"] = facts.Components is [var first, ..] ? first.Name : null;
        body["event_action"] = action;
        body["dedup_key"] = alert;
        body["client"] = facts.PageName;
        body["client_url"] = facts.PageUrl;
        return body;
    }

    /// <summary>Planned work and whatever else is to wake nobody.</summary>
    private static bool IsChange(Message message) => message.Facts.About is not (MessageSubject.Incident or MessageSubject.Reminder or MessageSubject.Test);
}
