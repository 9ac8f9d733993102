namespace Candor.Settings.Entries;

/// <summary>
/// Gives every node the path that a person would use: an item of a list goes by its id or name where it has one, else by
/// its place, counted from 1.
/// </summary>
internal static class YamlPaths
{
    public static Entry Give(YamlNode root) => Give(root, "");

    private static Entry Give(YamlNode node, string path)
    {
        var shown = path.Length == 0 ? "the file" : path;
        return node.Shape switch
        {
            Shape.Empty => Entry.OfNothing(node.Line, node.Column, shown),
            Shape.Text => Entry.OfText(node.Line, node.Column, shown, node.Text),
            Shape.List => Entry.OfList(node.Line, node.Column, shown,
                [.. node.Items.Select((item, i) => Give(item, ItemPath(path, item, i)))]),
            _ => Entry.OfMap(node.Line, node.Column, shown,
                [.. node.Members.Select(m => new Member(m.Key, m.Line, m.Column, Give(m.Value, Join(path, m.Key))))]),
        };
    }

    private static string ItemPath(string path, YamlNode item, int index)
    {
        var name = item.Members.Find(m => m.Key is "name" && m.Value.Shape is Shape.Text).Value?.Text;
        return name is { Length: > 0 and <= 60 } ? Join(path, name) : $"{path}#{index + 1}";
    }

    private static string Join(string path, string key) =>
        path.Length == 0 ? Quote.Short(key) : $"{path}.{Quote.Short(key)}";
}
