namespace Candor.Settings;

/// <summary>Makes a piece of a file fit to be shown: short, on one line, without anything invisible.</summary>
internal static class Quote
{
    private const int LengthMax = 60;

    public static string Short(string text)
    {
        var cut = text.Length > LengthMax ? string.Concat(text.AsSpan(0, LengthMax), "…") : text;
        return string.Concat(cut.Select(c => Invisible.Is(c) || char.IsSurrogate(c) ? '·' : c));
    }
}
