using Candor.Settings.Entries;

namespace Candor.Commands.Probes;

/// <summary>Turns words of a command line into the entry that the same check has in the settings file.</summary>
internal static class ProbeWords
{
    /// <param name="kind">The key that names the kind.</param>
    /// <param name="target">What stands under it.</param>
    /// <param name="more"><c>key=value</c>, nested with dots; several values of a list are given by repeating the key.</param>
    public static Entry ToEntry(string kind, string target, IReadOnlyList<string> more)
    {
        if (kind == "command")
        {
            var words = more.Prepend(target).Select(word => Entry.OfText(1, 1, kind, word)).ToList();
            return Map("", [(kind, Entry.OfList(1, 1, kind, words))]);
        }

        var root = new Node();
        root.Add([kind], target);
        foreach (var word in more)
        {
            var cut = word.IndexOf('=', StringComparison.Ordinal);
            if (cut < 1)
            {
                throw new CommandFault(
                    $"“{word}” is not a setting.", "Write settings as key=value, such as expect.status=200.", Exit.WrongUsage);
            }

            root.Add(Path(word[..cut]), word[(cut + 1)..]);
        }

        return root.ToEntry("");
    }

    // Keys below these are names that may hold dots themselves.
    private static string[] Path(string key) => key.Split('.') switch
    {
        ["expect", "json" or "header", ..] => key.Split('.', 3),
        ["headers", ..] => key.Split('.', 2),
        ["read", "headers", ..] => key.Split('.', 3),
        var parts => parts,
    };

    private static Entry Map(string path, IEnumerable<(string Key, Entry Entry)> members) =>
        Entry.OfMap(1, 1, path, [.. members.Select(m => new Member(m.Key, 1, 1, m.Entry))]);

    private sealed class Node
    {
        private readonly List<string> values = [];
        private readonly Dictionary<string, Node> below = new(StringComparer.Ordinal);

        public void Add(ReadOnlySpan<string> path, string value)
        {
            if (path.IsEmpty)
            {
                values.Add(value);
                return;
            }

            if (!below.TryGetValue(path[0], out var next))
            {
                next = below[path[0]] = new();
            }

            next.Add(path[1..], value);
        }

        public Entry ToEntry(string path)
        {
            if (below.Count > 0)
            {
                return Map(path, below.Select(b => (b.Key, b.Value.ToEntry(path.Length == 0 ? b.Key : $"{path}.{b.Key}"))));
            }

            // One value may stand for a list of one where a list is wanted: answers is the only list there is.
            return values.Count == 1 && !path.EndsWith(".answers", StringComparison.Ordinal)
                ? Entry.OfText(1, 1, path, values[0])
                : Entry.OfList(1, 1, path, [.. values.Select(v => Entry.OfText(1, 1, path, v))]);
        }
    }
}
