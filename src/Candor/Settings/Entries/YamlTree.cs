using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Candor.Settings.Entries;

/// <summary>
/// Builds the tree from the parser's events, never by reflection. It stops at the first thing that makes the rest
/// unreadable, before the parser has had to look at it: that is what makes bombs harmless.
/// </summary>
internal sealed class YamlTree(string text, Faults faults)
{
    private readonly Parser parser = new(new StringReader(text));
    private readonly Stack<NodeEvent> brackets = new();
    private int entries;

    public YamlNode? Read()
    {
        try
        {
            return ReadDocument();
        }
        catch (Stopped)
        {
            return null;
        }
        catch (YamlException e)
        {
            if (!e.Message.Contains("flow", StringComparison.Ordinal) || !BlameBracket())
            {
                YamlComplaint.Explain(e, text, faults);
            }

            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            // The parser is not ours; where it trips over its own feet, that is still a fault of the file's.
            if (!BlameBracket())
            {
                var mark = parser.Current?.End ?? Mark.Empty;
                faults.Add(new Fault(Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column), "this",
                    "cannot be read from here on", "check the quotes, brackets and escapes that follow"));
            }

            return null;
        }
    }

    /// <summary>A bracket is forgotten where it was opened, not where the parser noticed.</summary>
    private bool BlameBracket()
    {
        if (!brackets.TryPeek(out var open))
        {
            return false;
        }

        var (left, right, items) = open is SequenceStart ? ('[', ']', "items") : ('{', '}', "pairs");
        faults.Add(new Fault(Line(open), Column(open), "this", $"“{left}” is not closed where it should be",
            $"close it with “{right}”, and put a comma between the {items}"));
        return true;
    }

    private YamlNode? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            Stop(second, "begins a second document", "keep everything in one document, without “---”");
        }

        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        var happened = parser.Current ?? throw new InvalidOperationException("The parser is at its end.");
        if (happened is AnchorAlias alias)
        {
            Stop(alias, $"uses the alias “*{Quote.Short(alias.Value.Value)}”", "write the value out");
        }

        var node = (NodeEvent)happened;
        if (!node.Anchor.IsEmpty)
        {
            Stop(node, $"has the anchor “&{Quote.Short(node.Anchor.Value)}”", "remove it and write the value out where it is needed");
        }

        if (!node.Tag.IsEmpty)
        {
            Stop(node, $"has the tag “{Quote.Short(node.Tag.Value)}”", "remove it");
        }

        if (depth > Yaml.DepthMax)
        {
            Stop(node, $"is nested deeper than {Yaml.DepthMax} levels", "write it flatter");
        }

        if (++entries > Yaml.EntriesMax)
        {
            Stop(node, $"has more than {Yaml.EntriesMax} values", "split the page into several installations");
        }

        return node switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart { Style: SequenceStyle.Flow } or MappingStart { Style: MappingStyle.Flow } => ReadBracketed(node, depth),
            SequenceStart => ReadList(node, depth),
            _ => ReadMap(node, depth),
        };
    }

    private YamlNode ReadBracketed(NodeEvent node, int depth)
    {
        brackets.Push(node);
        return node is SequenceStart ? ReadList(node, depth) : ReadMap(node, depth);
    }

    /// <summary>Leaves a list or map; its bracket is closed before the parser stumbles over what follows.</summary>
    private void Close(NodeEvent start)
    {
        if (brackets.TryPeek(out var open) && ReferenceEquals(open, start))
        {
            brackets.Pop();
        }

        parser.MoveNext();
    }

    private YamlNode ReadScalar(Scalar scalar)
    {
        parser.MoveNext();
        var isNothing = scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
        return new YamlNode(isNothing ? Shape.Empty : Shape.Text, Line(scalar), Column(scalar)) { Text = scalar.Value };
    }

    private YamlNode ReadList(NodeEvent start, int depth)
    {
        var list = new YamlNode(Shape.List, Line(start), Column(start));
        parser.MoveNext();
        while (!parser.Accept<SequenceEnd>(out _))
        {
            list.Items.Add(ReadNode(depth + 1));
        }

        Close(start);
        return list;
    }

    private YamlNode ReadMap(NodeEvent start, int depth)
    {
        var map = new YamlNode(Shape.Map, Line(start), Column(start));
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        parser.MoveNext();
        while (!parser.Accept<MappingEnd>(out _))
        {
            var key = ReadKey();
            parser.MoveNext();
            var value = ReadNode(depth + 1);
            if (lines.TryAdd(key.Value, Line(key)))
            {
                map.Members.Add((key.Value, Line(key), Column(key), value));
            }
            else
            {
                faults.Add(new Fault(Line(key), Column(key), Quote.Short(key.Value),
                    $"is given twice, first on line {lines[key.Value]}", "keep one of the two"));
            }
        }

        Close(start);
        return map;
    }

    private Scalar ReadKey()
    {
        if (parser.Current is not Scalar { Value.Length: > 0, Anchor.IsEmpty: true, Tag.IsEmpty: true } key)
        {
            Stop(parser.Current!, "has a key that is not a plain word", "write “key: value”");
            throw new System.Diagnostics.UnreachableException();
        }

        if (key.Value.Length > 200)
        {
            Stop(key, $"has the key “{Quote.Short(key.Value)}” of {key.Value.Length} characters", "write “key: value”");
        }

        return key;
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private void Stop(ParsingEvent at, string what, string remedy)
    {
        faults.Add(new Fault(Line(at), Column(at), "this", what, remedy));
        throw new Stopped();
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;

    /// <summary>The fault has been noted; there is no point in reading on.</summary>
    private sealed class Stopped : Exception;
}
