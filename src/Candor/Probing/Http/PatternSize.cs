using System.Buffers;

namespace Candor.Probing.Http;

/// <summary>
/// How many states the engine that never backtracks makes of a regular expression: one for each character or class, as
/// often as the repetitions around it allow, and five times that where an anchor makes each depend on its neighbours. It
/// pays for them at every character. It has a limit of its own, but that one belongs to the whole process; this count is
/// ours, the same whatever ran before. In doubt it counts too much, never too little.
/// </summary>
internal ref struct PatternSize
{
    private const int GroupsDeepMax = 50;
    private const int StatesPerAnchored = 5;

    private static readonly SearchValues<char> OptionLetters = SearchValues.Create("imnsxIMNSX-+");

    private readonly int most;
    private ReadOnlySpan<char> rest;
    private bool isAnchored;

    private PatternSize(string pattern, int most)
    {
        rest = pattern;
        this.most = most;
    }

    /// <summary>The size, or <paramref name="most"/> + 1 for everything that is larger or cannot be counted.</summary>
    public static int Of(string pattern, int most)
    {
        var counting = new PatternSize(pattern, most);
        var states = 1 + counting.Group(0);
        return Math.Min(counting.isAnchored ? StatesPerAnchored * states : states, most + 1);
    }

    /// <summary>Counts up to the end of a group, or of the pattern.</summary>
    private int Group(int depth)
    {
        var sum = 0;
        while (rest.Length > 0 && sum <= most)
        {
            if (rest[0] == ')')
            {
                break;
            }

            var atom = Atom(depth);
            sum += (int)Math.Min((long)atom * Times(), most + 1);
        }

        return Math.Min(sum, most + 1);
    }

    private int Atom(int depth)
    {
        var first = Take();
        switch (first)
        {
            case '(':
                return depth < GroupsDeepMax && Opens() ? Closed(Group(depth + 1)) : most + 1;
            case '[':
                return SkipClass() ? 1 : most + 1;
            case '^' or '$':
                isAnchored = true;
                return 0;
            case '|':
                return 0;
            case '\\' when rest is ['b' or 'B' or 'A' or 'z' or 'Z' or 'G', ..]:
                isAnchored = true;
                Take();
                return 0;
            case '\\':
                SkipEscape();
                return 1;
            default:
                return 1;
        }
    }

    private int Closed(int size)
    {
        Take();
        return Math.Max(size, 1);
    }

    /// <summary>What stands behind a question mark at the beginning of a group. False where blanks would stop counting.</summary>
    private bool Opens()
    {
        if (rest is not ['?', .. var kind])
        {
            return true;
        }

        // In (?x) a blank may part a repetition from what it repeats, and whatever follows # is a remark.
        var end = kind.IndexOfAnyExcept(OptionLetters);
        if (kind[..Math.Max(end, 0)].ContainsAny('x', 'X') || kind.StartsWith("#"))
        {
            return false;
        }

        // The letters of (?i: and (?<name> are counted as if they were looked for.
        rest = rest[(kind is [':', ..] ? 2 : 1)..];
        return true;
    }

    /// <summary>
    /// How often at most, all repetitions that follow multiplied. One without an end is written out up to its beginning and
    /// once more: a+ is aa*.
    /// </summary>
    private long Times()
    {
        var times = 1L;
        while (rest.Length > 0 && times <= most)
        {
            if (rest[0] is '*' or '+' or '?')
            {
                times *= Take() == '+' ? 2 : 1;
            }
            else if (rest[0] == '{' && Repetition(out var length) is { } often)
            {
                rest = rest[length..];
                times *= Math.Max(often, 1);
            }
            else
            {
                break;
            }
        }

        return times;
    }

    /// <summary>The larger number of {3}, {3,} and {3,5}; null for braces that are only text.</summary>
    private readonly int? Repetition(out int length)
    {
        length = rest.IndexOf('}') + 1;
        if (length == 0)
        {
            return null;
        }

        var inside = rest[1..(length - 1)];
        var comma = inside.IndexOf(',');
        var from = comma < 0 ? inside : inside[..comma];
        var until = comma < 0 ? default : inside[(comma + 1)..];
        return from.Length == 0 || from.ContainsAnyExceptInRange('0', '9') || until.ContainsAnyExceptInRange('0', '9')
            ? null
            : Math.Max(Number(from) + (comma >= 0 && until.Length == 0 ? 1 : 0), Number(until));
    }

    private readonly int Number(ReadOnlySpan<char> digits) =>
        digits.Length == 0 ? 0 : digits.Length < 7 ? int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) : most + 1;

    /// <summary>False for classes within classes, where it is easy to be mistaken about the end.</summary>
    private bool SkipClass()
    {
        if (rest is ['^', ..])
        {
            Take();
        }

        for (var isFirst = true; rest.Length > 0; isFirst = false)
        {
            var c = Take();
            if (c == ']' && !isFirst)
            {
                return true;
            }

            if ((c == '-' && rest is ['[', ..]) || (c == '[' && rest is [':', ..]))
            {
                return false;
            }

            if (c == '\\')
            {
                SkipEscape();
            }
        }

        return false;
    }

    /// <summary>
    /// \p{Lu} must not be taken for a repetition, nor the bracket of \c[ for a class; the digits of the others may be
    /// counted as text.
    /// </summary>
    private void SkipEscape()
    {
        var kind = Take();
        if (kind is 'p' or 'P' && rest is ['{', ..])
        {
            rest = rest[(rest.IndexOf('}') + 1)..];
        }
        else if (kind == 'c')
        {
            Take();
        }
    }

    private char Take()
    {
        if (rest.Length == 0)
        {
            return '\0';
        }

        var first = rest[0];
        rest = rest[1..];
        return first;
    }
}
