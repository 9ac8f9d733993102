using System.Diagnostics.CodeAnalysis;
using Candor.Settings.Forms;

namespace Candor.Settings.Entries;

/// <summary>
/// A piece of a settings file with its place. What is in it never changes; it only remembers which keys were asked for,
/// because whatever stands in the file and was never asked for is a key that nobody knows.
/// </summary>
internal sealed class Entry
{
    private readonly IReadOnlyList<Entry> items;
    private readonly IReadOnlyList<Member> members;
    private readonly Dictionary<string, Member> byKey;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private bool isOpen;

    private Entry(
        Shape shape, (int Line, int Column) at, string path,
        string text = "", IReadOnlyList<Entry>? items = null, IReadOnlyList<Member>? members = null)
    {
        (Shape, Line, Column, Path, Text) = (shape, at.Line, at.Column, path, text);
        (this.items, this.members) = (items ?? [], members ?? []);
        byKey = this.members.ToDictionary(m => m.Key, StringComparer.Ordinal);
    }

    public Shape Shape { get; }

    /// <summary>Counted from 1, as editors do.</summary>
    public int Line { get; }

    /// <summary>Counted from 1, as editors do.</summary>
    public int Column { get; }

    /// <summary>Where it stands, as a person would say it: <c>monitors.homepage.every</c>, <c>components.Frontend.name</c>.</summary>
    public string Path { get; }

    /// <summary>The text of a scalar; empty for every other shape.</summary>
    public string Text { get; }

    public static Entry OfText(int line, int column, string path, string text) =>
        new(Shape.Text, (line, column), path, text);

    public static Entry OfNothing(int line, int column, string path) =>
        new(Shape.Empty, (line, column), path);

    public static Entry OfList(int line, int column, string path, IReadOnlyList<Entry> items) =>
        new(Shape.List, (line, column), path, items: items);

    public static Entry OfMap(int line, int column, string path, IReadOnlyList<Member> members) =>
        new(Shape.Map, (line, column), path, members: members);

    /// <summary>Whether the key is there; asking makes it a known key, but does not count as reading it.</summary>
    public bool Has(string key)
    {
        isOpen = true;
        return byKey.ContainsKey(key);
    }

    /// <summary>What stands under a key, or null where the key is absent. From now on the key is a known one.</summary>
    public Entry? Find(string key)
    {
        isOpen = true;
        asked.Add(key);
        return byKey.TryGetValue(key, out var member) ? member.Entry : null;
    }

    /// <summary>All keys with their values, for maps whose keys the owner chooses (monitors, headers). Counts as reading all.</summary>
    public IReadOnlyList<Member> Members(Faults faults)
    {
        if (Shape is not Shape.Map)
        {
            faults.Add(this, Said, "write a map of “name: value” lines, indented below it");
            return [];
        }

        isOpen = true;
        asked.UnionWith(byKey.Keys);
        return members;
    }

    /// <summary>The keys as they stand in the file, without reading any.</summary>
    public IReadOnlyList<Member> Peek() => members;

    /// <summary>The keys that were asked for, there or not.</summary>
    public IReadOnlyCollection<string> Known => asked;

    /// <summary>How many items a list has; 0 for any other shape. Without a fault.</summary>
    public int Count => items.Count;

    /// <summary>Makes keys known without reading them, so that they are proposed where something else was written.</summary>
    public void Know(params IEnumerable<string> keys)
    {
        isOpen = true;
        asked.UnionWith(keys);
    }

    /// <summary>The items of a list; a fault and no items for any other shape.</summary>
    public IReadOnlyList<Entry> Items(Faults faults, string example = "a list such as [one, two]")
    {
        if (Shape is Shape.List)
        {
            return items;
        }

        faults.Add(this, Said, Shape is Shape.Text && Text.Length is > 0 and < 40 && example.Contains('[', StringComparison.Ordinal)
            ? $"write a list such as [{Text}]"
            : $"write {example}");
        return [];
    }

    /// <summary>The map under a key, or null where it is absent or not a map (then with a fault).</summary>
    public Entry? Map(string key, Faults faults)
    {
        var entry = Find(key);
        return entry is null || entry.MustBeMap(faults) ? entry : null;
    }

    /// <summary>True for a map; a fault otherwise.</summary>
    public bool MustBeMap(Faults faults)
    {
        if (Shape is not Shape.Map)
        {
            faults.Add(this, Said, "write “key: value” lines, indented below it");
        }

        return Shape is Shape.Map;
    }

    /// <summary>Reads this entry as one value of a form. False after a fault.</summary>
    public bool Read<T>(Form<T> form, Faults faults, [MaybeNullWhen(false)] out T value)
    {
        // What to write is the same for a list as for a text that cannot be read, and the form knows it.
        var remedy = form(Text, out value);
        if (Shape is Shape.Text && remedy is null && value is not null)
        {
            return true;
        }

        faults.Add(this, remedy == Secret.InTheOpen && Shape is Shape.Text ? "is a secret in the open" : Said, remedy ?? "write one value");
        value = default;
        return false;
    }

    /// <summary>The value under a key; the fallback where the key is absent or wrong (then with a fault).</summary>
    public T Value<T>(string key, Form<T> form, T fallback, Faults faults) =>
        Find(key) is { } entry && entry.Read(form, faults, out var value) ? value : fallback;

    /// <summary>The value under a key that must be there. False after a fault.</summary>
    public bool Required<T>(string key, Form<T> form, Faults faults, [MaybeNullWhen(false)] out T value)
    {
        if (Find(key) is { } entry)
        {
            return entry.Read(form, faults, out value);
        }

        var remedy = form("", out value);
        faults.Add(this, $"has no “{key}”", remedy?.StartsWith("write ", StringComparison.Ordinal) is true ? $"add “{key}: …”, {remedy[6..]}" : $"add “{key}: …”");
        value = default;
        return false;
    }

    /// <summary>A list of values under a key; empty where absent. Every item that is wrong is a fault of its own.</summary>
    public IReadOnlyList<T> List<T>(string key, Form<T> form, Faults faults)
    {
        var values = new List<T>();
        foreach (var item in Find(key)?.Items(faults) ?? [])
        {
            if (item.Read(form, faults, out var value))
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>Says what stands here, to continue the path in a sentence; never more than a glimpse of a long text.</summary>
    public string Said => Shape switch
    {
        Shape.Empty => "is empty",
        Shape.Text when Text.Length == 0 => "is an empty text",
        Shape.Text => $"is “{Quote.Short(Text)}”",
        Shape.List => "is a list",
        _ => "is a map",
    };

    /// <summary>
    /// Turns every key that nobody asked for into a fault, here and below. Called once, on the root, after everything
    /// has been read; a map that nobody opened is left alone, because its owner has already been told about it.
    /// </summary>
    public void RefuseUnknown(Faults faults)
    {
        foreach (var member in isOpen ? members : [])
        {
            if (asked.Contains(member.Key))
            {
                member.Entry.RefuseUnknown(faults);
            }
            else
            {
                faults.Add(member.Wrong("is not a setting", Remedy(member.Key)));
            }
        }

        foreach (var item in items)
        {
            item.RefuseUnknown(faults);
        }
    }

    private string Remedy(string key)
    {
        var known = asked.Order(StringComparer.Ordinal).ToList();
        return Suggestion.For(key, known) is { } near ? $"did you mean “{near}”?" : $"known here are {string.Join(", ", known)}";
    }
}
