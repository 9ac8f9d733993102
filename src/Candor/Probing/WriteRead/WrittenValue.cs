using Candor.Effects;

namespace Candor.Probing.WriteRead;

/// <summary>
/// The values that are written: <c>candor-</c> and twenty letters and digits that nobody can guess. Who finds one knows where
/// it comes from, and one that was not just written is known for what it is.
/// </summary>
internal static class WrittenValue
{
    /// <summary>Where a value goes in a body or an address. It is replaced and nothing else: no conditions, no expressions.</summary>
    public const string Placeholder = "{value}";

    /// <summary>One that is never written.</summary>
    public const string Example = "candor-00000000000000000000";

    private const string Prefix = "candor-";
    private const int Letters = 20;

    /// <summary>The placeholder as it stands in an address.</summary>
    private const string Escaped = "%7Bvalue%7D";

    /// <summary>More of them in one answer are not looked at.</summary>
    private const int FoundMax = 32;

    public static string New(IRandomness randomness) => Prefix + randomness.NextId(Letters);

    /// <summary>Whether the part of an address that is sent holds the placeholder.</summary>
    public static bool IsInAddress(string url) => new Uri(url).PathAndQuery.Contains(Escaped, StringComparison.OrdinalIgnoreCase);

    public static string Into(string url, string value) => url.Replace(Escaped, value, StringComparison.OrdinalIgnoreCase);

    /// <summary>An address for people, with the placeholder as they wrote it.</summary>
    public static string Readable(string url) => Into(url, Placeholder);

    /// <summary>The values that a text holds, in its order.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        var found = new List<string>();
        for (var rest = text.AsSpan(); found.Count < FoundMax && rest.IndexOf(Prefix) is >= 0 and var at;)
        {
            rest = rest[at..];
            var end = rest[Prefix.Length..].IndexOfAnyExcept(LettersAndDigits);
            end = end < 0 ? rest.Length : Prefix.Length + end;
            if (end == Prefix.Length + Letters)
            {
                found.Add(rest[..end].ToString());
            }

            rest = rest[end..];
        }

        return found;
    }

    private static System.Buffers.SearchValues<char> LettersAndDigits { get; } =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
}
