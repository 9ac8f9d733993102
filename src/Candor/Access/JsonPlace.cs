using System.Text;
using System.Text.Json;

namespace Candor.Access;

/// <summary>Where a body does not read, as a JSON pointer (RFC 6901) without its first slash.</summary>
internal static class JsonPlace
{
    /// <summary>Null where it is the body as a whole.</summary>
    public static string? Of(JsonException fault) => fault.Path is { } path && PointerOf(path) is { Length: > 0 } pointer ? pointer : null;

    /// <summary>From the serializer's own form: <c>$.subscribers[3].digest</c>, <c>$['a.b']</c>.</summary>
    internal static string PointerOf(string path)
    {
        var pointer = new StringBuilder();
        for (var i = path.StartsWith('$') ? 1 : 0; i < path.Length;)
        {
            var isQuoted = path.AsSpan(i).StartsWith("['", StringComparison.Ordinal);
            var begin = i + (isQuoted ? 2 : path[i] is '.' or '[' ? 1 : 0);
            var length = isQuoted ? path.AsSpan(begin).LastIndexOf("']", StringComparison.Ordinal) : path.AsSpan(begin).IndexOfAny('.', '[', ']');

            // A quote within a name is not doubled there, so a name that is quoted is all of the rest up to the last one of its kind.
            if (isQuoted && path.AsSpan(begin).IndexOf("'][", StringComparison.Ordinal) is >= 0 and var next && next < length)
            {
                length = next;
            }

            length = length < 0 ? path.Length - begin : length;
            pointer.Append(pointer.Length == 0 ? "" : "/").Append(Escaped(path.Substring(begin, length)));
            i = begin + length + (isQuoted ? 2 : begin + length < path.Length && path[begin + length] == ']' ? 1 : 0);
        }

        return pointer.ToString();
    }

    /// <summary>A name as a part of a pointer.</summary>
    internal static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
