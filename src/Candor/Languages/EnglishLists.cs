using System.Globalization;

namespace Candor.Languages;

internal sealed class EnglishLists : Lists
{
    private static readonly string[] Small =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    public override string And(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        2 => Pair(items[0], items[1]),
        _ => $"{string.Join(", ", items.SkipLast(1))}, and {items[^1]}",
    };

    public override string MoreComponents(int count) => Count(count, "more component", "more components");

    public override string More(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} more");

    public override string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    public override string InWords(int count) =>
        count < Small.Length ? Small[count] : count.ToString(CultureInfo.InvariantCulture);

    public override string Bytes(long bytes) => bytes switch
    {
        < 1000 => Count((int)bytes, "byte", "bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.0} MB"),
    };

    protected override string Pair(string one, string other) => $"{one} and {other}";
}
