namespace Candor.Pages.Phrases;

/// <summary>Times that are part of a text, not of an element that a script writes anew.</summary>
internal static class GermanTimes
{
    /// <summary>A day needs its article: "seit 09:54 UTC" and "seit dem 26. Nov. 2026, 09:54 UTC".</summary>
    /// <param name="at">As <see cref="Wording.PageClock.Short"/> or <see cref="Wording.PageClock.Exact"/> writes it.</param>
    public static string Since(string at) => at.Contains(',', StringComparison.Ordinal) ? $"seit dem {at}" : $"seit {at}";
}
