using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Candor.Settings.Entries;

/// <summary>
/// From the bytes of a file to entries with places. Everything that a settings file does not need is refused with a
/// reason: other encodings, control characters, several documents, tags, anchors and aliases, keys given twice, and
/// any size or depth that a person would not write.
/// </summary>
internal static class Yaml
{
    /// <summary>A page with a thousand monitors needs a fifth of this.</summary>
    public const int BytesMax = 1024 * 1024;

    /// <summary>Settings are about eight levels deep.</summary>
    public const int DepthMax = 64;

    /// <summary>Texts, lists and maps together.</summary>
    public const int EntriesMax = 40_000;

    /// <summary>Every control character but tab, line feed and carriage return, and a byte order mark inside the text.</summary>
    private static readonly SearchValues<char> Unwanted = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')), '\uFEFF']);

    /// <summary>The root of the file, or null after a fault that leaves nothing to read.</summary>
    public static Entry? Read(ReadOnlyMemory<byte> file, Faults faults)
    {
        if (Decode(file.Span, faults) is not { } text)
        {
            return null;
        }

        var root = new YamlTree(text, faults).Read();
        if (root is null && !faults.Any)
        {
            faults.Add(new Fault(1, 1, "the file", "is empty", "begin with “page:” and “monitors:”"));
        }

        return root is null ? null : YamlPaths.Give(root);
    }

    private static string? Decode(ReadOnlySpan<byte> file, Faults faults)
    {
        if (file.Length > BytesMax)
        {
            faults.Add(new Fault(1, 1, "the file", $"has {file.Length / 1024} KiB", "keep it below 1 MiB"));
            return null;
        }

        if (file.StartsWith<byte>([0xFF, 0xFE]) || file.StartsWith<byte>([0xFE, 0xFF]))
        {
            faults.Add(new Fault(1, 1, "the file", "is UTF-16", "save it as UTF-8"));
            return null;
        }

        file = file.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? file[3..] : file;
        var text = Encoding.UTF8.GetString(file);
        if (!Utf8.IsValid(file))
        {
            Point(text, text.IndexOf('\uFFFD', StringComparison.Ordinal), "holds bytes that are not UTF-8", "save it as UTF-8", faults);
            return null;
        }

        if (text.AsSpan().IndexOfAny(Unwanted) is >= 0 and var control)
        {
            Point(text, control, $"holds the invisible character U+{(int)text[control]:X4}", "remove it", faults);
            return null;
        }

        return text;
    }

    private static void Point(string text, int index, string what, string remedy, Faults faults)
    {
        var before = text.AsSpan(0, index);
        faults.Add(new Fault(before.Count('\n') + 1, index - before.LastIndexOf('\n'), "the file", what, remedy));
    }
}
