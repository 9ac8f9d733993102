using System.Text;
using System.Text.Json.Nodes;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Teams;

/// <summary>An adaptive card. Its text blocks read Markdown, so whatever people wrote is written in a way that stays text.</summary>
internal static class TeamsBody
{
    private const int TextMost = 15_000;
    private const int BytesMost = 26_000; // more than 28 kB are refused

    /// <summary>With as much of the text as fits, counted in the bytes that are posted.</summary>
    public static JsonObject Of(Message message)
    {
        var text = ChatText.Of(message, TextMost);
        var body = Of(message, text);
        while (text.Length > 2 && JsonRequest.BytesOf(body).Length > BytesMost)
        {
            text = ChatText.Cut(text, text.Length * 7 / 8);
            body = Of(message, text);
        }

        return body;
    }

    private static JsonObject Of(Message message, string text)
    {
        var facts = message.Facts;
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = new JsonArray(
                Block(message.Subject, block =>
                {
                    block["weight"] = "Bolder";
                    block["size"] = "Medium";
                    block["color"] = Colour(facts);
                }),
                Block(text, static _ => { })),
        };
        if (facts.Url is { } url)
        {
            card["actions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Action.OpenUrl", ["title"] = ChatText.LinkWords(message), ["url"] = url,
            });
        }

        return new()
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card,
            }),
        };
    }

    private static JsonObject Block(string text, Action<JsonObject> dress)
    {
        var block = new JsonObject { ["type"] = "TextBlock", ["text"] = Plain(text), ["wrap"] = true };
        dress(block);
        return block;
    }

    /// <summary>A line break is two of them; the characters that Markdown knows are escaped.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => plain.Append("\n\n"),
                '\\' or '*' or '_' or '[' or ']' or '`' or '#' or '~' => plain.Append('\\').Append(c),
                _ => plain.Append(c),
            };
        }

        return plain.ToString();
    }

    private static string Colour(MessageFacts facts) => Severities.Of(facts) switch
    {
        Severity.Over => "Good",
        Severity.Planned => "Accent",
        Severity.Minor => "Warning",
        _ => "Attention",
    };
}
