using System.Text.RegularExpressions;

namespace Candor.Tests.Tidy;

/// <summary>A type or a method and how many lines it takes, its braces and signature included.</summary>
internal sealed record CodeBlock(string Name, bool IsType, int Lines);

/// <summary>Finds types and methods by their braces. No compiler: what it prints is an estimate that is right to a line or two.</summary>
internal static partial class CodeBlocks
{
    public static IReadOnlyList<CodeBlock> Of(string file, string source)
    {
        var text = Blanks().Replace(source, static m => new([.. m.Value.Select(static c => c == '\n' ? '\n' : ' ')]));
        var found = new List<CodeBlock>();
        var open = new Stack<(string Header, int Start, Sort Sort)>();
        var header = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '{':
                    var head = text[header..i].Trim();
                    open.Push((head, Skip(text, header), SortOf(head, open.TryPeek(out var outer) ? outer.Sort : Sort.Type)));
                    header = i + 1;
                    break;
                case '}' when open.TryPop(out var block):
                    Add(block.Header, block.Sort, block.Start, i);
                    header = i + 1;
                    break;
                case ';':
                    var statement = text[header..i];
                    if (open.TryPeek(out var around) && around.Sort == Sort.Type && statement.Contains("=>", StringComparison.Ordinal))
                    {
                        Add(statement.Split("=>")[0].Trim(), SortOf(statement, Sort.Type), Skip(text, header), i);
                    }

                    header = i + 1;
                    break;
                default:
                    break;
            }
        }

        return found;

        void Add(string head, Sort sort, int from, int to)
        {
            if (sort != Sort.Other)
            {
                var name = Name().Match(head) is { Success: true } m ? m.Groups["name"].Value : "?";
                found.Add(new($"{Path.GetFileNameWithoutExtension(file)}.{name}", sort == Sort.Type,
                    text.AsSpan(from, to - from).Count('\n') + 1));
            }
        }
    }

    private static Sort SortOf(string head, Sort outer) => (outer, head) switch
    {
        (Sort.Type, _) when TypeHead().IsMatch(head) => Sort.Type,
        (Sort.Type, _) when head.Contains('(', StringComparison.Ordinal) => Sort.Method,
        _ => Sort.Other,
    };

    private static int Skip(string text, int from)
    {
        while (from < text.Length && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        return from;
    }

    private enum Sort
    {
        Type,
        Method,
        Other,
    }

    // Comments and literals become blanks, so that only braces of code are counted.
    [GeneratedRegex(
        """
        //[^\n]*|/\*.*?\*/|\$*"{3,}.*?"{3,}|(\$@|@\$|@)"([^"]|"")*"|\$?"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])+'
        """, RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace, 5_000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"(^|\s)(class|record|struct|interface|enum)\s+\w", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex TypeHead();

    [GeneratedRegex(@"((class|record|struct|interface|enum)\s+(struct\s+)?(?<name>\w+))|((?<name>\w+)\s*(<[^>]*>)?\s*\()", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Name();
}
