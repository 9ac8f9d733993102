using System.Text.Json;

namespace Candor.Intake;

/// <summary>Reading JSON from outside: bounded in depth, no member twice, and no half characters.</summary>
internal static class JsonText
{
    /// <summary>Throws <see cref="JsonException"/> for whatever cannot be read whole.</summary>
    public static JsonElement Parse(byte[] bytes, int depthMax)
    {
        try
        {
            var root = JsonElement.Parse(bytes, new JsonDocumentOptions { MaxDepth = depthMax, AllowDuplicateProperties = false });
            Walk(root);
            return root;
        }
        catch (InvalidOperationException fault)
        {
            // "\ud800" is well-formed JSON and half a character, which no text can hold.
            throw new JsonException("A text holds half a character.", fault);
        }
    }

    private static void Walk(JsonElement here)
    {
        switch (here.ValueKind)
        {
            case JsonValueKind.String:
                _ = here.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in here.EnumerateArray())
                {
                    Walk(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in here.EnumerateObject())
                {
                    _ = member.Name;
                    Walk(member.Value);
                }

                break;
        }
    }
}
