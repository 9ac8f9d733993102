using System.Globalization;

namespace Candor.Languages;

/// <summary>"40 Sek.", "12 Min.", "6 Std. 19 Min.", "2 Tage 3 Std.": most end with the point of an abbreviation, so none should end a sentence.</summary>
internal sealed class GermanSpans(char space = ' ') : Spans(space)
{
    protected override string JustNow => "gerade eben";

    protected override string Before(string age) => $"vor {age}";

    protected override string Overdue(TimeSpan by) => $"seit {Bent(by)} überfällig";

    protected override string Within(TimeSpan left) => $"in {Bent(left)}";

    protected override string Seconds(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds}{Space}Sek.");

    protected override string Minutes(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes}{Space}Min.");

    protected override string Hours(int hours) => string.Create(CultureInfo.InvariantCulture, $"{hours}{Space}Std.");

    protected override string Hours(int hours, int minutes) =>
        string.Create(CultureInfo.InvariantCulture, $"{hours}{Space}Std.{Space}{minutes}{Space}Min.");

    protected override string Days(int days) =>
        days == 1 ? $"1{Space}Tag" : string.Create(CultureInfo.InvariantCulture, $"{days}{Space}Tage");

    protected override string BentDays(int days) =>
        days == 1 ? $"1{Space}Tag" : string.Create(CultureInfo.InvariantCulture, $"{days}{Space}Tagen");

    protected override string BentYears(int years) => string.Create(CultureInfo.InvariantCulture, $"{years}{Space}Jahren");
}
