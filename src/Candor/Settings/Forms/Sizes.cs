using System.Globalization;

namespace Candor.Settings.Forms;

/// <summary>Amounts of bytes: 512, 64KiB, 10MiB, 2GiB, or decimal 64kB, 10MB, 2GB.</summary>
internal static class Sizes
{
    private const string Remedy = "write a size such as 64KiB, 10MiB or 2GB";

    private static readonly (string Name, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1),
    ];

    public static string? Read(string text, out long value)
    {
        var (name, unit) = Array.Find(Units, u => text.EndsWith(u.Name, StringComparison.Ordinal));
        var digits = name is null ? text : text[..^name.Length].TrimEnd(' ');
        var isNumber = digits.Length <= 12
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= (1L << 50) / Math.Max(1, unit);
        value = isNumber ? long.Parse(digits, CultureInfo.InvariantCulture) * Math.Max(1, unit) : 0;
        return isNumber ? null : Remedy;
    }

    public static Form<long> Between(long least, long most) => (string text, out long value) =>
        Read(text, out value)
        ?? (value < least ? $"write {Write(least)} or more" : value > most ? $"write {Write(most)} or less" : null);

    public static string Write(long bytes)
    {
        var (name, unit) = Units.Take(4).Where(u => bytes >= u.Bytes && bytes % u.Bytes == 0).DefaultIfEmpty(("B", 1)).Last();
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / unit}{name}");
    }
}
