using System.Text.Json.Nodes;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Slack;

/// <summary>
/// A message of blocks. What people wrote goes in as plain text, so that no word of an incident can call a whole channel
/// or dress a link up; only the link to the page is Slack's own mark-up.
/// </summary>
internal static class SlackBody
{
    private const int HeadingMost = 150;
    private const int SectionMost = 3_000;
    private const int FallbackMost = 1_000;

    public static JsonObject Of(Message message)
    {
        var facts = message.Facts;
        var blocks = new JsonArray(
            Block("header", "plain_text", ChatText.Cut($"{Mark(facts)} {message.Subject}", HeadingMost)),
            Block("section", "plain_text", ChatText.Of(message, SectionMost)));
        if (facts.Url is { } url)
        {
            blocks.Add((JsonNode)Block("section", "mrkdwn", $"<{Escape(url)}|{ChatText.LinkWords(message)}>"));
        }

        return new() { ["text"] = Escape(ChatText.Cut(message.Subject, FallbackMost)), ["blocks"] = blocks };
    }

    private static JsonObject Block(string type, string form, string text) => new()
    {
        ["type"] = type,
        ["text"] = new JsonObject { ["type"] = form, ["text"] = text },
    };

    private static string Mark(MessageFacts facts) => Severities.Of(facts) switch
    {
        Severity.Over => "✅",
        Severity.Planned => "🔧",
        Severity.Minor => "🟡",
        Severity.Major => "🟠",
        _ => "🔴",
    };

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
