using System.Globalization;

namespace Candor.Languages;

internal sealed class GermanLists(NumberFormatInfo numbers) : Lists
{
    private static readonly string[] Small =
        ["keine", "eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"];

    public override string And(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => Pair(string.Join(", ", items.SkipLast(1)), items[^1]),
    };

    public override string MoreComponents(int count) => Count(count, "weitere Komponente", "weitere Komponenten");

    public override string More(int count) => string.Create(numbers, $"{count} weitere");

    public override string Count(int count, string one, string many) =>
        string.Create(numbers, $"{count} {(count == 1 ? one : many)}");

    public override string InWords(int count) => count < Small.Length ? Small[count] : count.ToString(numbers);

    public override string Bytes(long bytes) => bytes switch
    {
        < 1000 => Count((int)bytes, "Byte", "Bytes"),
        < 1_000_000 => string.Create(numbers, $"{bytes / 1000.0:0} kB"),
        _ => string.Create(numbers, $"{bytes / 1_000_000.0:0.0} MB"),
    };

    protected override string Pair(string one, string other) => $"{one} und {other}";
}
