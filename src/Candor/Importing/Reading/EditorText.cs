using System.Text;

namespace Candor.Importing.Reading;

/// <summary>The tree that browser editors keep (ProseMirror) as Markdown. Depth is bounded by the JSON it came in.</summary>
internal sealed class EditorText
{
    private readonly StringBuilder written = new();

    public static string ToMarkdown(SourceValue tree)
    {
        var text = new EditorText();
        text.Block(tree, "");
        return SourceText.Body(text.written.ToString());
    }

    private void Block(SourceValue node, string indent)
    {
        switch (Plain(node["type"].Text))
        {
            case "paragraph": Inline(node); written.Append("\n\n").Append(indent); break;
            case "heading":
                written.Append('#', (int)Math.Clamp(node["attrs"]["level"].Number ?? 2, 1, 6)).Append(' ');
                Inline(node);
                written.Append("\n\n");
                break;
            case "bulletlist": List(node, indent, null); break;
            case "orderedlist": List(node, indent, 1); break;
            case "codeblock": written.Append("```\n"); Inline(node); written.Append("\n```\n\n"); break;
            case "blockquote": written.Append("> "); Blocks(node, indent); break;
            case "horizontalrule": written.Append("---\n\n"); break;
            case "text" or "hardbreak" or "linebreak": Leaf(node); break;
            default: Blocks(node, indent); break;
        }
    }

    private void Blocks(SourceValue node, string indent)
    {
        foreach (var child in node["content"].Items)
        {
            Block(child, indent);
        }
    }

    private void List(SourceValue list, string indent, int? number)
    {
        foreach (var item in list["content"].Items)
        {
            Trim();
            written.Append(written.Length > 0 ? "\n" : "").Append(indent).Append(number is null ? "- " : $"{number++}. ");
            Blocks(item, indent + "  ");
        }

        Trim();
        written.Append(indent.Length == 0 ? "\n\n" : "\n");
    }

    private void Trim()
    {
        while (written.Length > 0 && written[^1] is '\n' or ' ')
        {
            written.Length--;
        }
    }

    private void Inline(SourceValue node)
    {
        foreach (var child in node["content"].Items)
        {
            Leaf(child);
        }
    }

    private void Leaf(SourceValue leaf)
    {
        if (Plain(leaf["type"].Text) is "hardbreak" or "linebreak")
        {
            written.Append('\n');
            return;
        }

        var text = leaf["text"].Text ?? leaf["attrs"].Any("label", "name", "emoji").Text ?? "";
        foreach (var mark in leaf["marks"].Items)
        {
            text = Plain(mark["type"].Text) switch
            {
                "bold" or "strong" when text.Trim().Length > 0 => $"**{text}**",
                "italic" or "em" when text.Trim().Length > 0 => $"_{text}_",
                "code" => $"`{text}`",
                "link" when mark["attrs"]["href"].Text is { } href && href != text && href.StartsWith("http", StringComparison.OrdinalIgnoreCase) => $"[{text}]({href})",
                _ => text,
            };
        }

        written.Append(text);
    }

    private static string Plain(string? type) => (type ?? "").Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
