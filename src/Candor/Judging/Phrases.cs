namespace Candor.Judging;

/// <summary>Comparing what probes say, so that "answered in 3.1 s" and "answered in 3.2 s" are not two pieces of news.</summary>
internal static class Phrases
{
    /// <summary>True where two phrases differ at most in their numbers. Answers such as "503" are words, not amounts.</summary>
    public static bool Same(string a, string b)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (IsAmount(a, i) && IsAmount(b, j))
            {
                i = SkipNumber(a, i);
                j = SkipNumber(b, j);
            }
            else if (a[i++] != b[j++])
            {
                return false;
            }
        }

        return i == a.Length && j == b.Length;
    }

    /// <summary>A number that a unit follows: "3.2 s", "12 ms", "5 days".</summary>
    private static bool IsAmount(string text, int start)
    {
        var end = SkipNumber(text, start);
        return end > start && end + 1 < text.Length && text[end] == ' ' && char.IsAsciiLetter(text[end + 1]);
    }

    private static int SkipNumber(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (end > start && text[end] == '.')))
        {
            end++;
        }

        return end;
    }
}
