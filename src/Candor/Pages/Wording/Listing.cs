using System.Globalization;

namespace Candor.Pages.Wording;

/// <summary>Lists as sentences hold them.</summary>
internal static class Listing
{
    private static readonly string[] Small =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <summary>"A", "A and B", "A, B, and C"</summary>
    public static string And(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        2 => $"{items[0]} and {items[1]}",
        _ => $"{string.Join(", ", items.SkipLast(1))}, and {items[^1]}",
    };

    /// <summary>"A", "A and B", "A and B and 1 more component"</summary>
    public static string AndMore(IReadOnlyList<string> items, string one, string many) => items.Count switch
    {
        <= 2 => And(items),
        _ => $"{items[0]} and {items[1]} and {Count(items.Count - 2, $"more {one}", $"more {many}")}",
    };

    public static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    /// <summary>"312 bytes", "48 kB", "1.2 MB": how long readers wait for it.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => Count((int)bytes, "byte", "bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.0} MB"),
    };

    /// <summary>"two" up to ten, then "11".</summary>
    public static string InWords(int count) =>
        count < Small.Length ? Small[count] : count.ToString(CultureInfo.InvariantCulture);
}
