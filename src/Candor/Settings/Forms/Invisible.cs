using System.Globalization;

namespace Candor.Settings.Forms;

/// <summary>
/// Characters that a person cannot see but that change what others see: controls, direction overrides, zero-width
/// marks. A name with one of them can pass for another name.
/// </summary>
internal static class Invisible
{
    public static bool Is(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    public static bool In(string text) => text.Any(Is);
}
