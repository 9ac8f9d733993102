using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Candor.Pages.AsOf;

/// <summary>What <c>?at=</c> asks for: an instant, or a sentence that says what to write instead.</summary>
internal readonly record struct Instant(DateTimeOffset At, string? Fault)
{
    /// <summary>The parameter's name.</summary>
    public const string Name = "at";

    /// <summary>The longest form that is accepted has 33 characters.</summary>
    private const int LengthMax = 40;

    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    private const string Example = "Write it like ?at=2021-02-16T10:18Z.";

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads the parameter as the query holds it. Nothing of it is ever said back.</summary>
    public static Instant Read(StringValues asked, DateTimeOffset now)
    {
        if (asked.Count > 1)
        {
            return Refused($"A page can be shown as it was at one instant, not at several. {Example}");
        }

        // In a query a bare plus means a space; nobody who writes +01:00 means one.
        var text = asked.ToString().Trim().Replace(' ', '+');
        if (text.Length is 0 or > LengthMax
            || !DateTimeOffset.TryParseExact(
                text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return Refused($"This is no instant. {Example} Seconds and an offset such as +01:00 may be given.");
        }

        return at > now ? Refused("This instant lies in the future; the page can only be shown as it was.")
            : at < Earliest ? Refused("This instant is before 1970; nothing can have been recorded then.")
            : new(at.ToUniversalTime(), null);
    }

    /// <summary>The shortest form that leads back to the same instant.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(
        at.UtcTicks % TimeSpan.TicksPerSecond != 0 ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"
            : at.Second != 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'"
            : "yyyy-MM-dd'T'HH:mm'Z'",
        CultureInfo.InvariantCulture);

    private static Instant Refused(string sentence) => new(default, sentence);
}
