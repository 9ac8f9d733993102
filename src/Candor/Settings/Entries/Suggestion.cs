namespace Candor.Settings.Entries;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The nearest known word, or null where none is near enough to be a slip of the hand.</summary>
    public static string? For(string written, IReadOnlyList<string> known)
    {
        // The price is the product of lengths and words; a slip of the hand is not among the fortieth thousand.
        var plain = Plain(written);
        return written.Length > 40 ? null : known
            .Where(word => Math.Abs(word.Length - written.Length) <= 12)
            .Take(1_000)
            .Select(word => (Word: word, Distance: Distance(plain, Plain(word))))
            .Where(c => c.Distance <= Math.Max(1, Math.Min(plain.Length, c.Word.Length) / 3))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Word, StringComparer.Ordinal)
            .Select(c => c.Word)
            .FirstOrDefault();
    }

    private static string Plain(string word) =>
        word.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    /// <summary>Insertions, deletions, replacements and swapped neighbours that lead from one word to the other.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1),
                    d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
