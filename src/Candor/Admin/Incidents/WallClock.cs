using System.Globalization;
using Candor.State;
using Candor.State.Maintenances;

namespace Candor.Admin.Incidents;

/// <summary>Times as operators type them: the wall clock of the page's zone, in the form that browsers send. Pure.</summary>
internal static class WallClock
{
    private const string Form = "yyyy-MM-dd'T'HH:mm";
    private static readonly string[] Forms = [Form, "yyyy-MM-dd'T'HH:mm:ss"];

    public static DateTimeOffset? Read(string local, TimeZoneInfo zone) =>
        ReadLocal(local) is { } wall ? LocalTime.InstantOf(wall, zone) : null;

    public static DateTime? ReadLocal(string local) =>
        DateTime.TryParseExact(local, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) ? wall : null;

    public static string Write(DateTimeOffset at, TimeZoneInfo zone) => Write(LocalTime.WallOf(at, zone));

    public static string Write(DateTime wall) => wall.ToString(Form, CultureInfo.InvariantCulture);
}
