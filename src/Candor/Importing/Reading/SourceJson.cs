using System.Text;
using System.Text.Json;

namespace Candor.Importing.Reading;

/// <summary>
/// Parses others' JSON within bounds: depth, number of values, no key given twice. Tolerates what was met in the wild and
/// is harmless: a byte order mark, UTF-16, a callback around the whole, raw line feeds in texts.
/// </summary>
internal static class SourceJson
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = SourceLimits.DepthMax,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    public static (SourceValue Value, string? Fault) Read(SourceFile file)
    {
        if (file.Bytes.Length > SourceLimits.BytesMax || Whole(file) is not { } whole)
        {
            return default;
        }

        try
        {
            return (Parse(whole), null);
        }
        catch (InvalidOperationException)
        {
            return (default, "has a key with half a surrogate pair");
        }
        catch (JsonException e)
        {
            return Repaired(whole) is { } repaired ? (repaired, null) : (default, Explain(e));
        }
    }

    /// <summary>A text within a text, as pages embed them; nothing where it is not JSON.</summary>
    public static SourceValue Inner(string json)
    {
        try
        {
            return Parse(Encoding.UTF8.GetBytes(json));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private static SourceValue Parse(ReadOnlyMemory<byte> json)
    {
        Count(json.Span);
        return new(JsonDocument.Parse(json, Options).RootElement);
    }

    /// <summary>The document keeps a row for each value, so the number of them is bounded before it is built.</summary>
    private static void Count(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new() { MaxDepth = SourceLimits.DepthMax, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        for (var tokens = 0; reader.Read(); tokens++)
        {
            if (tokens > SourceLimits.TokensMax)
            {
                throw new JsonException($"more than {SourceLimits.TokensMax} values");
            }
        }
    }

    /// <summary>The bytes from the first brace to the last, in UTF-8; null where the file does not begin like JSON.</summary>
    private static ReadOnlyMemory<byte>? Whole(SourceFile file)
    {
        var bytes = file.Bytes;
        var first = SourceText.First(bytes.Span);
        if (first is not ('{' or '[') && !char.IsAsciiLetter(first))
        {
            return null;
        }

        bytes = bytes.Span switch
        {
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(file.Text),
            [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
            _ => bytes,
        };
        return first is '{' or '[' ? bytes : WithoutCallback(bytes);
    }

    /// <summary><c>jsonCallback({...});</c>, as Apple serves it.</summary>
    private static ReadOnlyMemory<byte>? WithoutCallback(ReadOnlyMemory<byte> bytes)
    {
        var opens = bytes.Span[..Math.Min(bytes.Length, 200)].IndexOf((byte)'(');
        var closes = bytes.Span.LastIndexOf((byte)')');
        return opens > 0 && closes > opens && bytes.Span[..opens].Trim(" \r\n\t"u8).IndexOfAny(" \n:"u8) < 0
            ? bytes[(opens + 1)..closes]
            : null;
    }

    /// <summary>Static site generators leave raw line feeds in texts. Escaped, the rest is what it was.</summary>
    private static SourceValue? Repaired(ReadOnlyMemory<byte> json)
    {
        var (repaired, inText, changed) = (new List<byte>(json.Length + 64), false, false);
        var span = json.Span;
        for (var i = 0; i < span.Length; i++)
        {
            var b = span[i];
            inText ^= b == '"';
            if (inText && b == '\\' && i + 1 < span.Length)
            {
                repaired.Add(b);
                repaired.Add(span[++i]);
            }
            else if (inText && b < 0x20)
            {
                changed = true;
                repaired.AddRange(b switch { (byte)'\n' => "\\n"u8, (byte)'\t' => "\\t"u8, _ => " "u8 });
            }
            else
            {
                repaired.Add(b);
            }
        }

        try
        {
            return changed ? Parse(repaired.ToArray()) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Explain(JsonException e) => e.Message switch
    {
        var m when m.Contains("maximum configured depth", StringComparison.Ordinal) => $"is nested deeper than {SourceLimits.DepthMax} levels",
        var m when m.Contains("uplicate", StringComparison.Ordinal) => "has a key that is given twice in one object",
        var m when m.StartsWith("more than", StringComparison.Ordinal) => $"has {m}",
        _ => $"is not whole JSON: it breaks off or goes wrong on line {(e.LineNumber ?? 0) + 1}",
    };
}
