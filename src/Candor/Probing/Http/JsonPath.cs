using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Candor.Probing.Http;

/// <summary>A way to one value: <c>status</c>, <c>data.items[0].state</c>, <c>$.a["b c"]</c>. No wildcards, no filters.</summary>
internal sealed class JsonPath
{
    private const int LengthMax = 200;
    private const int DepthMax = 64;
    private readonly ImmutableArray<(string? Name, int Index)> steps;

    private JsonPath(ImmutableArray<(string? Name, int Index)> steps) => this.steps = steps;

    /// <summary>The path, or null where the text is not one.</summary>
    public static JsonPath? Read(string text)
    {
        if (text.Length is 0 or > LengthMax)
        {
            return null;
        }

        var path = ImmutableArray.CreateBuilder<(string?, int)>();
        var at = text.StartsWith('$') ? 1 : 0;
        while (at < text.Length)
        {
            if (text[at] == '[')
            {
                var end = text.IndexOf(']', at);
                if (end < 0 || Step(text[(at + 1)..end]) is not { } step)
                {
                    return null;
                }

                path.Add(step);
                at = end + 1;
                continue;
            }

            at += text[at] == '.' ? 1 : 0;
            var stop = text.AsSpan(at).IndexOfAny('.', '[');
            var name = stop < 0 ? text[at..] : text.Substring(at, stop);
            if (name.Length == 0)
            {
                return null;
            }

            path.Add((name, -1));
            at += name.Length;
        }

        return path.Count == 0 ? null : new(path.ToImmutable());
    }

    /// <summary>The value as text, or null where the way leads nowhere. Throws <see cref="JsonException"/> for what is not JSON.</summary>
    public static string? Find(ReadOnlyMemory<byte> body, JsonPath path)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DepthMax });
        return path.Find(document.RootElement);
    }

    private string? Find(JsonElement at)
    {
        foreach (var (name, index) in steps)
        {
            if (name is not null && at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var member))
            {
                at = member;
            }
            else if (name is null && at.ValueKind == JsonValueKind.Array && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString() : at.GetRawText();
    }

    private static (string?, int)? Step(string inner) =>
        inner is ['"', .., '"'] or ['\'', .., '\''] && inner.Length > 2 ? (inner[1..^1], -1)
        : int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? (null, index)
        : null;
}
