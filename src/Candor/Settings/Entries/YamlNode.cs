namespace Candor.Settings.Entries;

/// <summary>A node while the file is being read: it cannot know its path before its name has been seen.</summary>
internal sealed class YamlNode(Shape shape, int line, int column)
{
    public Shape Shape => shape;

    public int Line => line;

    public int Column => column;

    public string Text { get; init; } = "";

    public List<YamlNode> Items { get; } = [];

    public List<(string Key, int Line, int Column, YamlNode Value)> Members { get; } = [];
}
