using YamlDotNet.Core;

namespace Candor.Settings.Entries;

/// <summary>Turns the parser's complaints into words for people who write settings, not parsers.</summary>
internal static class YamlComplaint
{
    private static readonly (string Part, string What, string Remedy)[] Known =
    [
        ("invalid tab", "is indented with a tab", "use spaces"),
        ("tab character", "is indented with a tab", "use spaces"),
        ("found unexpected end of stream", "has a quote that is never closed", "close it"),
        ("double-quoted scalar, found wrong indentation", "has a quote that is never closed", "close it"),
        ("unexpected document indicator", "has a quote that is never closed", "close it"),
        ("unknown escape character", "has an unknown escape after “\\”", "use single quotes, or double the backslash"),
        ("hexadecimal number", "has a broken “\\x” or “\\u” escape", "write the character itself"),
        ("Unicode", "has a broken “\\u” escape", "write the character itself"),
        ("surrogate", "has a broken “\\u” escape", "write the character itself"),
        ("could not find expected ':'", "has a line without “:”", "write “key: value”, with a blank after the colon"),
        ("Mapping values are not allowed", "is not lined up with its neighbours", "begin all keys of a map in one column"),
        ("multiline plain scalar", "follows a line that lacks its “:”", "write “key:” there, with the colon"),
        ("invalid mapping", "is not lined up with its neighbours", "begin all keys of a map in one column"),
        ("did not find expected '-' indicator", "is not lined up with the list it belongs to", "begin every item with “- ” in one column"),
        ("Block sequence entries are not allowed", "has a “-” where no list can begin", "put the list on lines of its own"),
        ("did not find expected key", "is not lined up with its neighbours", "begin all keys of a map in one column"),
        ("cannot start any token", "has a character that cannot begin a value", "put the value in quotes"),
        ("Expected DOCUMENT", "has something after its end", "line it up with its neighbours"),
        ("<document start>", "has something after its end", "line it up with its neighbours"),
        ("directive", "has a line beginning with “%”", "remove it"),
        ("undefined tag handle", "has a tag (“!…”)", "put the value in quotes"),
        ("anchor or alias", "has a broken anchor or alias", "put a value that begins with “&” or “*” in quotes"),
        ("Maximum level of recursion", "is nested too deeply", "write it flatter"),
    ];

    public static void Explain(YamlException e, string text, Faults faults)
    {
        if (AddTabs(text, (int)e.Start.Line, (int)e.End.Line, faults))
        {
            return;
        }

        var mark = e.Start.Line > 0 ? e.Start : e.End;
        var (_, what, remedy) = Array.Find(Known, k => e.Message.Contains(k.Part, StringComparison.Ordinal));
        if (e.Message.Contains("mapping", StringComparison.OrdinalIgnoreCase) && HasTwoColons(text, (int)mark.Line))
        {
            (what, remedy) = ("is a second “:” in the line", "put the value in quotes");
        }

        faults.Add(new Fault(
            Math.Max(1, (int)mark.Line),
            Math.Max(1, (int)mark.Column),
            "this",
            what ?? "is not YAML here",
            remedy ?? "check indentation, quotes and brackets"));
    }

    /// <summary>The parser has one message for a value with a colon in it and for a key in the wrong column.</summary>
    private static bool HasTwoColons(string text, int line)
    {
        var written = text.Split('\n').ElementAtOrDefault(line - 1) ?? "";
        return written.Split(": ").Length > 2;
    }

    /// <summary>When a tab indents the line in question, every such line is named at once.</summary>
    private static bool AddTabs(string text, int first, int last, Faults faults)
    {
        var lines = text.Split('\n');
        var tabs = lines.Select(IndentingTab).ToList();
        if (!Enumerable.Range(first - 1, 3).Append(last - 1).Any(i => i >= 0 && i < tabs.Count && tabs[i] >= 0))
        {
            return false;
        }

        for (var i = 0; i < tabs.Count; i++)
        {
            if (tabs[i] >= 0)
            {
                faults.Add(new Fault(i + 1, tabs[i] + 1, "this line", "is indented with a tab", "use spaces"));
            }
        }

        return true;
    }

    private static int IndentingTab(string line)
    {
        var indent = line.AsSpan().IndexOfAnyExcept(' ', '\t');
        return indent <= 0 ? -1 : line.AsSpan(0, indent).IndexOf('\t');
    }
}
