using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Candor.Commands.Posts;
using Candor.Effects;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Candor.Commands.Mcp;

/// <summary>
/// Drafts of what the page may say. The person at the client is shown the draft as it would be published and decides; a
/// client that cannot ask its person gets the request to send, and nothing is published from here.
/// </summary>
internal static class DraftTools
{
    private const string Confirm = "publish";

    /// <summary>More than the longest words that the page takes, and little enough for a person to look through.</summary>
    private const int CharactersMost = 64 * 1024;

    public static IEnumerable<Tool> All(PostServer server, IRandomness randomness) =>
    [
        Draft(server, randomness, "draft_incident", "Drafts a new incident. A person confirms it before readers see it.", "IncidentBody", null, static _ => "/api/incidents"),
        Draft(
            server, randomness, "draft_update", "Drafts an update of an incident. A person confirms it before readers see it.", "UpdateBody",
            ("incident", "The incident's id."), static id => $"/api/incidents/{id}/updates"),
        Draft(
            server, randomness, "draft_resolution", "Drafts the word that an incident is over. A person confirms it before readers see it.", "ResolveBody",
            ("incident", "The incident's id."), static id => $"/api/incidents/{id}/resolve"),
        Draft(
            server, randomness, "draft_maintenance", "Drafts a planned maintenance. A person confirms it before readers see it.", "MaintenanceBody", null,
            static _ => "/api/maintenances"),
    ];

    /// <summary>Whether the token may post, found out by a post that says nothing: one that may is told so, and nothing is done.</summary>
    public static async Task<bool> MayPostAsync(PostServer server, CancellationToken cancellation)
    {
        try
        {
            await server.PostAsync("/api/incidents", JsonElement.Parse("{}"), CommandJson.Default.JsonElement, "mcp", cancellation);
            return true;
        }
        catch (CommandFault fault) when (fault.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest)
        {
            return true;
        }
        catch (CommandFault fault) when (fault.Status is HttpStatusCode.Forbidden)
        {
            // A token that is limited to components is told to name one: it may post about those.
            return fault.Code == "access.components";
        }
    }

    private static Tool Draft(
        PostServer server, IRandomness randomness, string name, string description, string body, (string Name, string Description)? about,
        Func<string, string> pathOf) => Draft(server, randomness, name, description, ToolSchemas.OfApi(body, about), about?.Name, pathOf);

    private static Tool Draft(
        PostServer server, IRandomness randomness, string name, string description, JsonElement schema, string? about, Func<string, string> pathOf) =>
        new(name, description, schema, reads: false, async (request, cancellation) =>
    {
        var draft = DraftOf(request.Params?.Arguments ?? new Dictionary<string, JsonElement>(), schema, about);
        var path = pathOf(about is null ? "" : Tool.Id(request, about));
        if (request.Server.ClientCapabilities?.Elicitation is null)
        {
            return $"Nothing was published: this client cannot ask its person. Show them this draft; they can publish it with POST {path} and a token of the scope post, "
                + $"or with `candor post`:\n{Pretty(draft)}";
        }

        var answer = await request.Server.ElicitAsync(
            new()
            {
                Message = $"Publish this on the status page (POST {path})?\n\n{Shown(draft)}",
                RequestedSchema = new()
                {
                    Properties = { [Confirm] = new ElicitRequestParams.BooleanSchema { Title = "Publish", Description = "Readers see it at once.", Default = false } },
                    Required = [Confirm],
                },
            },
            cancellation);
        if (!answer.IsAccepted || answer.Content is null || !answer.Content.TryGetValue(Confirm, out var said) || said.ValueKind != JsonValueKind.True)
        {
            return "Nothing was published: the person did not confirm it. Ask them what to change before you draft it again.";
        }

        return "Published:\n" + Tool.TextOf(await server.PostAsync(
            path, JsonElement.Parse(draft.ToJsonString()), CommandJson.Default.JsonElement, "mcp-" + randomness.NextId(20), cancellation));
    });

    /// <summary>
    /// Every member, so that nothing is published that its person was not shown. Each begins its own line and lines within a
    /// text are moved in, so that no text passes for another member; what is not seen is spelt out.
    /// </summary>
    internal static string Shown(JsonObject draft) => string.Join('\n', draft.Select(static one =>
        $"{one.Key}: {(one.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? Seen(value.GetValue<string>()) : one.Value?.ToJsonString())}"));

    /// <summary>What was given as arguments, where it is small enough to be looked through and the page knows all of it.</summary>
    internal static JsonObject DraftOf(IEnumerable<KeyValuePair<string, JsonElement>> arguments, JsonElement schema, string? about)
    {
        var draft = new JsonObject();
        var characters = 0;
        foreach (var (key, value) in arguments.Where(one => one.Key != about))
        {
            if (!schema.GetProperty("properties").TryGetProperty(key, out _))
            {
                throw new CommandFault($"“{(key.Length > 60 ? key[..60] + "…" : key)}” is nothing that this draft takes.", "Leave it out; the tool's schema names what it takes.");
            }

            var text = value.GetRawText();
            characters += text.Length;
            if (characters > CharactersMost)
            {
                throw new CommandFault($"The draft has more than {CharactersMost:N0} characters, which nobody looks through.", "Draft it shorter.");
            }

            draft[key] = Parsed(text);
        }

        return draft;
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw new CommandFault("The draft is nested too deeply or has a member twice.", "Draft it as the tool's schema says.");
        }
    }

    private static string Seen(string text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings("\n"))
        {
            seen.Append(letter switch
            {
                '\n' => "\n    ",
                _ when char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator =>
                    $"\\u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        }

        return seen.ToString();
    }

    private static string Pretty(JsonObject draft) => draft.ToJsonString(CommandJson.Readable.Options);
}
