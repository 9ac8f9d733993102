using System.Text;
using System.Text.Json.Nodes;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Teams;

/// <summary>An adaptive card. Its text blocks read Markdown, so whatever people wrote is written in a way that stays text.</summary>
internal static class TeamsBody
{
    private const int TextMost = 15_000; // a card of more than 28 kB is refused, and a character may take four bytes in the end

    public static JsonObject Of(Message message)
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
                Block(Bounded(ChatText.Of(message, TextMost)), static _ => { })),
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

    private static string Bounded(string text)
    {
        const int bytesMost = 18_000;
        while (Encoding.UTF8.GetByteCount(text) > bytesMost)
        {
            text = ChatText.Cut(text, text.Length * 3 / 4);
        }

        return text;
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
