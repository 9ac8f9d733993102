using System.Globalization;

namespace Candor.Effects;

/// <summary>Reads /proc/self/smaps: which pages of a file a process has in its memory.</summary>
internal static class FileMappings
{
    /// <summary>
    /// The mappings of files that cannot be written and of which no page is this process's own, so that letting go of them
    /// loses nothing. What the loader has relocated before it took the right to write away is not among them.
    /// </summary>
    public static IEnumerable<(nint Start, nuint Length)> UnchangedOf(Func<string, bool> isOneOf, IEnumerable<string> smaps)
    {
        (nint Start, nuint Length)? mapping = null;
        foreach (var line in smaps)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["Anonymous:", var own, ..])
            {
                if (mapping is { } whole && own == "0")
                {
                    yield return whole;
                }

                mapping = null;
            }
            else if (words is [var range, ['r', '-', _, 'p'], _, _, _, ..] && line.IndexOf('/', StringComparison.Ordinal) is > 0 and var path && isOneOf(line[path..]))
            {
                var ends = range.Split('-');
                var (start, end) = (ulong.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), ulong.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                mapping = ((nint)start, (nuint)(end - start));
            }
            else if (words is [var key, ..] && !key.EndsWith(':'))
            {
                mapping = null;
            }
        }
    }
}
