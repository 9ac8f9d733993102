namespace Candor.Languages;

/// <summary>Lists and counts as sentences hold them.</summary>
internal abstract class Lists
{
    private const int NamesMost = 3;

    /// <summary>"A", "A and B", "A, B, and C"</summary>
    public abstract string And(IReadOnlyList<string> items);

    /// <summary>Up to three by name: "A, B and C", "A, B and 2 more".</summary>
    public string Names(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        <= NamesMost => Pair(string.Join(", ", items.SkipLast(1)), items[^1]),
        _ => Pair(string.Join(", ", items.Take(NamesMost - 1)), More(items.Count - NamesMost + 1)),
    };

    /// <summary>"A", "A and B", "A and B and 1 more component"</summary>
    public string AndMore(IReadOnlyList<string> items) => items.Count switch
    {
        <= 2 => And(items),
        _ => Pair(Pair(items[0], items[1]), MoreComponents(items.Count - 2)),
    };

    /// <summary>"1 more component", "3 more components"</summary>
    public abstract string MoreComponents(int count);

    /// <summary>"1 more", "3 more" of what was just listed.</summary>
    public abstract string More(int count);

    /// <summary>"1 component", "2 components": the word for one, and the one for any other count.</summary>
    public abstract string Count(int count, string one, string many);

    /// <summary>"two" up to ten, then "11".</summary>
    public abstract string InWords(int count);

    /// <summary>"312 bytes", "48 kB", "1.2 MB": how long readers wait for it.</summary>
    public abstract string Bytes(long bytes);

    protected abstract string Pair(string one, string other);
}
