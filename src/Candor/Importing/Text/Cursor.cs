namespace Candor.Importing.Text;

/// <summary>A place in a line, and the few steps that reading times takes. No step ever goes back: reading is linear.</summary>
internal ref struct Cursor(ReadOnlySpan<char> text, int at)
{
    private readonly ReadOnlySpan<char> text = text;

    public int At { get; set; } = at;

    public readonly char Next => Peek(0);

    public readonly bool Ended => At >= text.Length;

    public readonly ReadOnlySpan<char> Rest => text[At..];

    public readonly char Peek(int ahead) => At + ahead < text.Length ? text[At + ahead] : '\0';

    public void Spaces()
    {
        while (Next is ' ' or '\t')
        {
            At++;
        }
    }

    /// <summary>A number of so many digits that no further digit follows, or null.</summary>
    public int? Digits(int least, int most)
    {
        var (count, value) = (0, 0);
        while (count <= most && char.IsAsciiDigit(Peek(count)))
        {
            value = (value * 10) + (Peek(count) - '0');
            count++;
        }

        if (count < least || count > most)
        {
            return null;
        }

        At += count;
        return value;
    }

    public bool Take(char wanted)
    {
        if (Next != wanted)
        {
            return false;
        }

        At++;
        return true;
    }

    /// <summary>A whole word, whatever its case; no letter or digit may follow.</summary>
    public bool Take(string word)
    {
        if (!Rest.StartsWith(word, StringComparison.OrdinalIgnoreCase) || char.IsLetterOrDigit(Peek(word.Length)))
        {
            return false;
        }

        At += word.Length;
        return true;
    }

    public readonly char Before(int place) => place > 0 ? text[place - 1] : '\0';

    public readonly string Since(int start) => text[start..At].ToString();

    /// <summary>The letters that stand here, at most <paramref name="most"/>; does not move.</summary>
    public readonly ReadOnlySpan<char> Letters(int most = 12)
    {
        var count = 0;
        while (count <= most && char.IsAsciiLetter(Peek(count)))
        {
            count++;
        }

        return count > most ? [] : text.Slice(At, count);
    }
}
