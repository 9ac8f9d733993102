using Candor.Settings.Entries;

namespace Candor.Settings.Forms;

/// <summary>A word out of a short list.</summary>
internal static class Words
{
    public static Form<string> Of(params string[] words) => (string text, out string? value) =>
    {
        value = text;
        return words.Contains(text, StringComparer.Ordinal) ? null : $"write {Listed(words)}{Hint(text, words)}";
    };

    /// <summary>A word that stands for a value.</summary>
    public static Form<T> Of<T>(params (string Word, T Value)[] words) => (string text, out T? value) =>
    {
        foreach (var (word, meaning) in words)
        {
            if (word == text)
            {
                value = meaning;
                return null;
            }
        }

        value = default;
        var known = words.Select(w => w.Word).ToArray();
        return $"write {Listed(known)}{Hint(text, known)}";
    };

    /// <summary>"a, b or c".</summary>
    public static string Listed(IReadOnlyList<string> words) => words.Count < 2
        ? string.Concat(words)
        : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";

    private static string Hint(string text, string[] words) =>
        words.Length > 3 && Suggestion.For(text, words) is { } near ? $" (did you mean {near}?)" : "";
}
