using System.Collections.Immutable;

namespace Candor.Importing.Text;

/// <summary>Reads components as a sentence lists them: "API ([MEP] Campaigns API, Events), Inbox, and Dashboard."</summary>
internal static class ComponentList
{
    private const int CountMax = 2_000;

    public static ImmutableArray<ImmutableArray<string>> Read(string text)
    {
        var items = Split(Unescaped(text).Trim().TrimEnd('.').Trim());
        // "API and ChatGPT": without a comma before it, "and" joins the last two.
        if (items is [.., var last] && !last.StartsWith("and ", StringComparison.Ordinal) && LastAnd(last) is { } and)
        {
            items[^1] = last[..and];
            items.Add(last[(and + 5)..]);
        }

        var paths = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (var item in items.Select(Named).Where(name => name.Length > 0).Take(CountMax))
        {
            var open = item.IndexOf('(', StringComparison.Ordinal);
            if (open <= 0 || item[^1] != ')')
            {
                paths.Add([item]);
                continue;
            }

            var group = item[..open].Trim();
            paths.AddRange(Split(item[(open + 1)..^1]).Select(Named).Where(name => name.Length > 0)
                .Select(part => ImmutableArray.Create(group, part)));
        }

        return paths.ToImmutable();
    }

    private static string Named(string item)
    {
        var name = item.Trim();
        return (name.StartsWith("and ", StringComparison.Ordinal) ? name[4..] : name).Trim(' ', '*');
    }

    /// <summary>At commas and semicolons that no parenthesis encloses.</summary>
    private static List<string> Split(string text)
    {
        var (items, depth, from) = (new List<string>(), 0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] switch { '(' => 1, ')' when depth > 0 => -1, _ => 0 };
            if (depth == 0 && (text[at] == ';' || (text[at] == ',' && (at + 1 == text.Length || text[at + 1] == ' '))))
            {
                items.Add(text[from..at].Trim());
                from = at + 1;
            }
        }

        items.Add(text[from..].Trim());
        return items;
    }

    private static int? LastAnd(string item)
    {
        var (depth, found) = (0, (int?)null);
        for (var at = 0; at < item.Length; at++)
        {
            depth += item[at] switch { '(' => 1, ')' when depth > 0 => -1, _ => 0 };
            if (depth == 0 && at > 0 && item.AsSpan(at).StartsWith(" and "))
            {
                found = at;
            }
        }

        return found;
    }

    private static string Unescaped(string text) => text
        .Replace("\\(", "(", StringComparison.Ordinal).Replace("\\)", ")", StringComparison.Ordinal)
        .Replace("\\[", "[", StringComparison.Ordinal).Replace("\\]", "]", StringComparison.Ordinal)
        .Replace("\\_", "_", StringComparison.Ordinal);
}
