using System.Globalization;
using System.Text;

namespace Candor.Settings.Forms;

/// <summary>Durations as people write them: 500ms, 30s, 5m, 24h, 7d, 1h30m. Always with a unit.</summary>
internal static class Durations
{
    private const string Remedy = "write a duration such as 30s, 5m or 24h";

    private static readonly (string Name, long Milliseconds)[] Units =
        [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

    /// <summary>Any duration from 0 to 999 days.</summary>
    public static string? Read(string text, out TimeSpan value)
    {
        value = default;
        long total = 0;
        var (at, unit) = (0, 0);
        while (at < text.Length)
        {
            var digits = text.AsSpan(at).IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9 || !int.TryParse(text.AsSpan(at, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return Remedy;
            }

            at += digits;
            var letters = text.AsSpan(at).IndexOfAnyInRange('0', '9');
            var name = letters < 0 ? text.AsSpan(at) : text.AsSpan(at, letters);

            // From large to small, each unit once: "5m1h" is more likely a slip than a sum.
            while (unit < Units.Length && !name.SequenceEqual(Units[unit].Name))
            {
                unit++;
            }

            if (unit == Units.Length)
            {
                return Remedy;
            }

            total += count * Units[unit++].Milliseconds;
            at += name.Length;
        }

        value = TimeSpan.FromMilliseconds(total);
        return text.Length == 0 || value > TimeSpan.FromDays(999) ? Remedy : null;
    }

    public static Form<TimeSpan> Between(TimeSpan least, TimeSpan most) => (string text, out TimeSpan value) =>
        Read(text, out value)
        ?? (value < least ? $"write {Write(least)} or more"
            : value > most ? $"write {Write(most)} or less"
            : null);

    /// <summary>The shortest way to write it; reading it gives the same duration, to the millisecond.</summary>
    public static string Write(TimeSpan duration)
    {
        var left = (long)duration.TotalMilliseconds;
        if (left <= 0)
        {
            return "0s";
        }

        var text = new StringBuilder();
        foreach (var (name, milliseconds) in Units)
        {
            // "24h" reads better than "1d" where a day is what people call 24 hours.
            if (left / milliseconds is > 0 and var count && !(name == "d" && left is 86_400_000))
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{name}");
                left -= count * milliseconds;
            }
        }

        return text.ToString();
    }
}
