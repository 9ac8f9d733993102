using Candor.Settings.Forms;

namespace Candor.Settings.Entries;

/// <summary>Makes a piece of a file fit to be shown: short, on one line, without anything invisible.</summary>
internal static class Quote
{
    private const int LengthMax = 60;

    public static string Short(string text)
    {
        text = WithoutPassword(text);
        var cut = text.Length > LengthMax ? string.Concat(text.AsSpan(0, LengthMax), "…") : text;
        return string.Concat(cut.Select(c => Invisible.Is(c) || char.IsSurrogate(c) ? '·' : c));
    }

    /// <summary>A password in an address is never repeated, not even to the one who wrote it: faults are shown and logged.</summary>
    private static string WithoutPassword(string text)
    {
        var from = text.IndexOf("://", StringComparison.Ordinal);
        var until = text.LastIndexOf('@');
        var colon = from < 0 || until < from ? -1 : text.IndexOf(':', from + 3);
        return colon < 0 || colon > until ? text : string.Concat(text.AsSpan(0, colon + 1), "…", text.AsSpan(until));
    }
}
