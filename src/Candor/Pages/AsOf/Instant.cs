using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Candor.Pages.AsOf;

/// <summary>What <c>?at=</c> asks for: an instant, or why it cannot be shown.</summary>
internal readonly record struct Instant(DateTimeOffset At, InstantFault? Fault)
{
    /// <summary>The parameter's name.</summary>
    public const string Name = "at";

    /// <summary>The longest form that is accepted has 33 characters.</summary>
    private const int LengthMax = 40;

    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads the parameter as the query holds it. Nothing of it is ever said back.</summary>
    public static Instant Read(StringValues asked, DateTimeOffset now)
    {
        if (asked.Count > 1)
        {
            return Refused(InstantFault.Several);
        }

        // In a query a bare plus means a space; nobody who writes +01:00 means one.
        var text = asked.ToString().Trim().Replace(' ', '+');
        if (text.Length is 0 or > LengthMax
            || !DateTimeOffset.TryParseExact(
                text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return Refused(InstantFault.Unreadable);
        }

        return at > now ? Refused(InstantFault.Future)
            : at < Earliest ? Refused(InstantFault.TooEarly)
            : new(at.ToUniversalTime(), null);
    }

    /// <summary>The shortest form that leads back to the same instant.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(
        at.UtcTicks % TimeSpan.TicksPerSecond != 0 ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"
            : at.Second != 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'"
            : "yyyy-MM-dd'T'HH:mm'Z'",
        CultureInfo.InvariantCulture);

    private static Instant Refused(InstantFault fault) => new(default, fault);
}
