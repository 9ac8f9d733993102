using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Journal;

namespace Candor.Access;

/// <summary>Reads what was sent as JSON; whatever does not read is refused in one way.</summary>
internal static class JsonBody
{
    /// <summary>Null where it was refused; the answer is written then.</summary>
    /// <param name="example">What to send instead: an example, and where all of it is described.</param>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, string example)
        where T : class
    {
        string? place = null;
        try
        {
            if (context.Request.HasJsonContentType()
                && await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) is { } body)
            {
                return body;
            }
        }
        catch (BadHttpRequestException fault) when (Refusals.IsTooLarge(fault))
        {
            await Refusals.AnswerTooLargeAsync(context);
            return null;
        }
        catch (JsonException fault)
        {
            place = JsonPlace.Of(fault);
        }
        catch (BadHttpRequestException)
        {
            // As below.
        }

        await Refusals.AnswerAsync(context, StatusCodes.Status400BadRequest, new(
            "body.unreadable", place is null ? example : $"“{place}” does not belong there, stands there twice, or has a value that it cannot have. {example}", place));
        return null;
    }
}
