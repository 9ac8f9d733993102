using System.Globalization;

namespace Candor.Languages;

internal sealed class EnglishDates : Dates
{
    public override string Day(DateOnly day) => day.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture);

    public override string Short(DateTimeOffset local) => local.ToString("MMM d, yyyy", CultureInfo.InvariantCulture);

    public override string Month(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    public override string Time(DateTimeOffset local, bool twelveHours) =>
        local.ToString(twelveHours ? "h:mm tt" : "HH:mm", CultureInfo.InvariantCulture);
}
