using System.Globalization;

namespace Candor.Languages;

internal sealed class EnglishSpans(char space = ' ') : Spans(space)
{
    protected override string JustNow => "just now";

    protected override string Before(string age) => $"{age} ago";

    protected override string Overdue(TimeSpan by) => $"overdue by {Words(by)}";

    protected override string Within(TimeSpan left) => $"in {Words(left)}";

    protected override string Seconds(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds}{Space}s");

    protected override string Minutes(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes}{Space}min");

    protected override string Hours(int hours) => string.Create(CultureInfo.InvariantCulture, $"{hours}h");

    protected override string Hours(int hours, int minutes) => string.Create(CultureInfo.InvariantCulture, $"{hours}h{Space}{minutes}m");

    protected override string Days(int days) =>
        days == 1 ? $"1{Space}day" : string.Create(CultureInfo.InvariantCulture, $"{days}{Space}days");

    protected override string BentDays(int days) => Days(days);

    protected override string BentYears(int years) => string.Create(CultureInfo.InvariantCulture, $"{years}{Space}years");
}
