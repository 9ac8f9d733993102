using System.Globalization;

namespace Candor.Settings.Forms;

/// <summary>Whole numbers and simple decimals within limits.</summary>
internal static class Numbers
{
    public static Form<int> Between(int least, int most) => (string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value >= least && value <= most
            ? null
            : $"write a whole number from {least} to {most}";

    public static Form<long> Between(long least, long most) => (string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value >= least && value <= most
            ? null
            : $"write a whole number from {least} to {most}";
}
