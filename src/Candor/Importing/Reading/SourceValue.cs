using System.Globalization;
using System.Text.Json;

namespace Candor.Importing.Reading;

/// <summary>
/// A place in others' JSON that may hold anything, or nothing. Every question has an answer, none throws: a member that is
/// missing, null, empty or of another type than yesterday is the same to a reader as one that says nothing.
/// </summary>
internal readonly struct SourceValue(JsonElement element)
{
    private readonly JsonElement element = element;

    public bool Is(JsonValueKind kind) => element.ValueKind == kind;

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    public bool IsList => element.ValueKind == JsonValueKind.Array;

    /// <summary>Neither absent nor null nor an empty text, list or object.</summary>
    public bool Says => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => false,
        JsonValueKind.String => !element.ValueEquals(""u8),
        JsonValueKind.Array => element.GetArrayLength() > 0,
        JsonValueKind.Object => element.EnumerateObject().MoveNext(),
        _ => true,
    };

    public SourceValue this[string name] =>
        IsObject && element.TryGetProperty(name, out var member) ? new(member) : default;

    /// <summary>The first of the names that says something: the same thing has several names over the years.</summary>
    public SourceValue Any(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (this[name] is { Says: true } found)
            {
                return found;
            }
        }

        return default;
    }

    public bool Has(string name) => IsObject && element.TryGetProperty(name, out _);

    public bool HasAll(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!Has(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A text, or a number or truth value as it is written. Null for everything else, and for "$undefined".</summary>
    public string? Text => element.ValueKind switch
    {
        JsonValueKind.String => Written is { } text && text != "$undefined" ? text : null,
        JsonValueKind.Number => Digits,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    /// <summary>A text on one line, or null where it says nothing.</summary>
    public string? Line => SourceText.Line(Text) is { Length: > 0 } line ? line : null;

    /// <summary>A whole number, written as a number or as a text.</summary>
    public long? Number => Text is { Length: <= SourceLimits.NumberMax } text
        ? long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) ? whole
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var part) && Math.Abs(part) < 9e15 ? (long)part
        : null
        : null;

    /// <summary>True, "true", 1; false, "false", 0; else null.</summary>
    public bool? Truth => Text switch { "true" or "1" or "True" => true, "false" or "0" or "False" => false, _ => null };

    public DateTimeOffset? Time => SourceTimes.Read(Text);

    /// <summary>The items of a list; none for anything else.</summary>
    public IEnumerable<SourceValue> Items
    {
        get
        {
            if (IsList)
            {
                foreach (var item in element.EnumerateArray())
                {
                    yield return new(item);
                }
            }
        }
    }

    /// <summary>The members of an object in their order; none for anything else.</summary>
    public IEnumerable<(string Name, SourceValue Value)> Members
    {
        get
        {
            if (IsObject)
            {
                foreach (var member in element.EnumerateObject())
                {
                    yield return (member.Name, new(member.Value));
                }
            }
        }
    }

    /// <summary>The items of a list or the values of an object: PHP writes either for the same thing.</summary>
    public IEnumerable<SourceValue> Values => IsList ? Items : Members.Select(m => m.Value);

    /// <summary>Null for a text with half a surrogate pair, which is no text.</summary>
    private string? Written
    {
        get
        {
            try
            {
                return element.GetString();
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }

    private string? Digits => element.GetRawText() is { Length: <= SourceLimits.NumberMax } digits ? digits : null;
}
