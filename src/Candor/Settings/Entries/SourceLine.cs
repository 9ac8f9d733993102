using System.Text;
using Candor.Settings.Forms;

namespace Candor.Settings.Entries;

/// <summary>The line that a fault stands on, and the blanks that put a caret below it.</summary>
internal sealed record SourceLine(string Text, string Indent)
{
    /// <param name="file">The file as it was read.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="width">Characters that fit; a longer line is cut around the fault.</param>
    public static SourceLine Of(ReadOnlyMemory<byte> file, Fault fault, int width)
    {
        var lines = Encoding.UTF8.GetString(file.Span).TrimStart('\uFEFF').Split('\n');
        var line = fault.Line <= lines.Length ? lines[fault.Line - 1].TrimEnd('\r') : "";
        var at = Math.Clamp(fault.Column - 1, 0, line.Length);
        var start = at < width - 10 ? 0 : at - (width / 2);
        var shown = line[start..Math.Min(line.Length, start + width)];

        // A tab stays a tab in both, so that the caret stands below whatever the terminal makes of it.
        var indent = string.Concat(line[start..at].Select(c => c == '\t' ? '\t' : ' '));
        return new(string.Concat(shown.Select(c => c != '\t' && Invisible.Is(c) ? '·' : c)), indent);
    }
}
