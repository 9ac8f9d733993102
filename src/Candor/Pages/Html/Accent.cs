using System.Globalization;

namespace Candor.Pages.Html;

/// <summary>
/// The owner's one colour, as it is used in each scheme. It marks links and focus, so it must be readable: where it
/// fails 4.5:1 against the page it is mixed towards black (light) or white (dark) until it passes.
/// </summary>
internal readonly record struct Accent(string Light, string Dark)
{
    private const double ContrastMin = 4.5;
    private const string LightPage = "#ffffff";
    private const string DarkPage = "#0e1014";

    public static readonly Accent Default = From("#3451d1");

    public static Accent From(string hex) =>
        Parse(hex) is { } colour ? new(Readable(colour, LightPage, 0), Readable(colour, DarkPage, 255)) : Default;

    /// <summary>WCAG's contrast ratio of two colours, 1 to 21.</summary>
    public static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(Parse(a)!.Value), Luminance(Parse(b)!.Value));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static string Readable((double R, double G, double B) colour, string page, double towards)
    {
        for (var share = 0.0; share < 1; share += 0.04)
        {
            var hex = Hex(Mix(colour.R), Mix(colour.G), Mix(colour.B));
            if (Contrast(hex, page) >= ContrastMin)
            {
                return hex;
            }

            double Mix(double part) => part + (towards - part) * share;
        }

        return towards == 0 ? "#000000" : "#ffffff";
    }

    private static (double R, double G, double B)? Parse(string hex) =>
        hex.Length == 7 && hex[0] == '#'
            && uint.TryParse(hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? (rgb >> 16, (rgb >> 8) & 255, rgb & 255)
            : null;

    private static string Hex(double r, double g, double b) =>
        string.Create(CultureInfo.InvariantCulture, $"#{(int)Math.Round(r):x2}{(int)Math.Round(g):x2}{(int)Math.Round(b):x2}");

    private static double Luminance((double R, double G, double B) colour) =>
        0.2126 * Linear(colour.R) + 0.7152 * Linear(colour.G) + 0.0722 * Linear(colour.B);

    private static double Linear(double part)
    {
        var share = part / 255;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
