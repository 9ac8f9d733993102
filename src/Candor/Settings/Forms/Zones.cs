using Candor.Settings.Entries;

namespace Candor.Settings.Forms;

/// <summary>Time zones by their IANA names; Windows names and offsets are not taken, because pages travel.</summary>
internal static class Zones
{
    public static string? Read(string text, out string value)
    {
        value = text;
        if (text is "UTC")
        {
            return null;
        }

        var isName = text.Contains('/', StringComparison.Ordinal) && text.Length <= 64
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
            && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId && zone.Id == text;
        if (isName)
        {
            return null;
        }

        var known = TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).ToList();
        var near = known.Find(id => id.EndsWith("/" + text.Replace(' ', '_'), StringComparison.OrdinalIgnoreCase)) ?? Suggestion.For(text, known);
        return near is null ? "write an IANA name such as Europe/Berlin, or UTC" : $"write an IANA name; did you mean {near}?";
    }
}
