namespace Candor.Settings.Forms;

/// <summary>Free text for people: one line, of bounded length, with nothing invisible in it.</summary>
internal static class Texts
{
    public static Form<string> UpTo(int lengthMax) => (string text, out string? value) =>
    {
        value = text;
        return text.Length == 0 || string.IsNullOrWhiteSpace(text) ? $"write a text of up to {lengthMax} characters"
            : text.Length > lengthMax ? $"write at most {lengthMax} characters; this has {text.Length}"
            : Invisible.In(text) ? "write one line without line breaks or invisible characters"
            : null;
    };

    /// <summary>Several lines are welcome here; other invisible characters are not.</summary>
    public static Form<string> LinesUpTo(int lengthMax) => (string text, out string? value) =>
    {
        value = text;
        return string.IsNullOrWhiteSpace(text) ? $"write a text of up to {lengthMax} characters"
            : text.Length > lengthMax ? $"write at most {lengthMax} characters; this has {text.Length}"
            : text.Any(c => c != '\n' && Invisible.Is(c)) ? "write it without invisible characters"
            : null;
    };
}
