using System.Globalization;
using Candor.Journal;

namespace Candor.Access;

/// <summary>What stands behind the question mark of a program's request. What is not understood is refused: left out, it would answer something else than was asked.</summary>
internal static class SentQuery
{
    private const int ShownMost = 40;

    /// <summary>Whether all names are known, each once; the refusal says which are.</summary>
    public static Refusal? Unknown(IQueryCollection query, params string[] known) =>
        query.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown
            ? new("query.unknown", $"“{Short(unknown)}” is nothing that can be asked for here; {(known.Length == 0 ? "leave it out" : "known are " + string.Join(", ", known))}.")
        : query.FirstOrDefault(static one => one.Value.Count > 1) is { Key: { } twice }
            ? new("query.unknown", $"“{Short(twice)}” stands there more than once; say it once.")
            : null;

    /// <summary>Whether it says one of these, or nothing.</summary>
    public static Refusal? NoneOf(IQueryCollection query, string name, IEnumerable<string> words) =>
        query[name].ToString() is { Length: > 0 } said && !words.Contains(said, StringComparer.Ordinal)
            ? new("query.unknown", $"“{Short(said)}” is no {name}; write one of {string.Join(", ", words)}, or leave it out.")
            : null;

    /// <summary>Whether it is a number from 0, or nothing.</summary>
    public static Refusal? NoNumber(IQueryCollection query, string name) =>
        query[name].ToString() is { Length: > 0 } said && !int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? new("query.unknown", $"“{Short(said)}” is no number; write one under {name}, or leave it out.")
            : null;

    private static string Short(string text) => text.Length <= ShownMost ? text : text[..ShownMost] + "…";
}
