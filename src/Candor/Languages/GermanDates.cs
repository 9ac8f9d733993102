using System.Globalization;

namespace Candor.Languages;

/// <summary>"29. Februar 2024", "29. Feb. 2024", and twenty-four hours everywhere.</summary>
internal sealed class GermanDates : Dates
{
    private static readonly string[] Months =
        ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];

    private static readonly string[] ShortMonths =
        ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."];

    public override string Day(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Day}. {Months[day.Month - 1]} {day.Year:0000}");

    public override string Short(DateTimeOffset local) =>
        string.Create(CultureInfo.InvariantCulture, $"{local.Day}. {ShortMonths[local.Month - 1]} {local.Year:0000}");

    public override string Month(DateOnly month) =>
        string.Create(CultureInfo.InvariantCulture, $"{Months[month.Month - 1]} {month.Year:0000}");

    public override string Time(DateTimeOffset local, bool twelveHours) =>
        local.ToString("HH:mm", CultureInfo.InvariantCulture);
}
