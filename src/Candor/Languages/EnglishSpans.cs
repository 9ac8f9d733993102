using System.Globalization;

namespace Candor.Languages;

internal sealed class EnglishSpans : Spans
{
    protected override string JustNow => "just now";

    protected override string Before(string age) => $"{age} ago";

    protected override string Overdue(TimeSpan by) => $"overdue by {Words(by)}";

    protected override string Within(TimeSpan left) => $"in {Words(left)}";

    protected override string Seconds(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds} s");

    protected override string Minutes(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes} min");

    protected override string Hours(int hours) => string.Create(CultureInfo.InvariantCulture, $"{hours}h");

    protected override string Hours(int hours, int minutes) => string.Create(CultureInfo.InvariantCulture, $"{hours}h {minutes}m");

    protected override string Days(int days) =>
        days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");

    protected override string BentDays(int days) => Days(days);

    protected override string BentYears(int years) => string.Create(CultureInfo.InvariantCulture, $"{years} years");
}
