using System.Globalization;
using System.Text.Json.Nodes;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.Discord;

/// <summary>One embed, which calls nobody. Discord reads Markdown as incidents are written in it, but for links that hide where they lead.</summary>
internal static class DiscordBody
{
    private const int TitleMost = 256;
    private const int DescriptionMost = 4_000;

    public static JsonObject Of(Message message)
    {
        var facts = message.Facts;
        var embed = new JsonObject
        {
            ["title"] = ChatText.Cut(message.Subject, TitleMost),
            ["description"] = ChatText.Cut(Undressed(ChatText.Of(message, DescriptionMost)), DescriptionMost),
            ["color"] = Severities.Colour(Severities.Of(facts)),
            ["timestamp"] = facts.UpdatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        if (facts.Url is { } url)
        {
            embed["url"] = url;
        }

        return new()
        {
            ["embeds"] = new JsonArray(embed),
            ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
        };
    }

    /// <summary>"[words](address)" is a link only where nothing stands between the two; a backslash shows it as it was written.</summary>
    private static string Undressed(string text) => text.Replace("](", @"]\(", StringComparison.Ordinal);
}
