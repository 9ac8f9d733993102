namespace Candor.State;

/// <summary>
/// Characters that nobody sees and that change what is seen: control characters, which a terminal obeys and a second line of a
/// subject begins with, and marks that turn the direction of what follows around.
/// </summary>
internal static class Unshown
{
    /// <param name="isLine">Line breaks and tabs belong into a text and not into one line.</param>
    public static bool Is(char c, bool isLine) => IsOne(c) && (isLine || c is not ('\n' or '\r' or '\t'));

    public static char? FirstIn(string text, bool isLine)
    {
        foreach (var c in text)
        {
            if (Is(c, isLine))
            {
                return c;
            }
        }

        return null;
    }

    /// <summary>One line that can be shown anywhere: for what is not refused, because nobody is there to mend it.</summary>
    public static string Without(string text) =>
        FirstIn(text, isLine: true) is null ? text : string.Concat(text.Where(static c => !Turns(c)).Select(static c => IsOne(c) ? ' ' : c));

    /// <summary>The same for a text, whose line breaks and tabs stay.</summary>
    public static string WithoutInText(string text) =>
        FirstIn(text, isLine: false) is null ? text : string.Concat(text.Where(static c => !Is(c, isLine: false)));

    private static bool IsOne(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' || Turns(c);

    /// <summary>Embeddings, overrides and isolates; the marks that only say what a letter's neighbour is stay.</summary>
    private static bool Turns(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
