using System.Globalization;
using System.Text.Json.Nodes;
using Candor.Notices.Channels.Http;
using Candor.Notices.Wording;

namespace Candor.Notices.Channels.PagerDuty;

/// <summary>An event of version 2, or a change event for planned work.</summary>
internal static class PagerDutyBody
{
    private const int SummaryMost = 1_024;
    private const int DetailsMost = 8_000;

    public static string PathOf(Message message) => IsChange(message) ? "/v2/change/enqueue" : "/v2/enqueue";

    public static JsonObject Of(Message message)
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

        if (IsChange(message))
        {
            return body;
        }

        payload["severity"] = Severities.Of(facts) switch
        {
            Severity.Over => "info",
            Severity.Critical => "critical",
            Severity.Major => "error",
            _ => "warning",
        };
        payload["component"] = facts.Components is [var first, ..] ? first.Name : null;
        body["event_action"] = facts.EndedAt is null ? "trigger" : "resolve";
        body["dedup_key"] = message.Thread;
        body["client"] = facts.PageName;
        body["client_url"] = facts.PageUrl;
        return body;
    }

    /// <summary>Planned work, and a test: neither is to wake anybody.</summary>
    private static bool IsChange(Message message) => message.Facts.About is not (MessageSubject.Incident or MessageSubject.Reminder);
}
