using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Candor.Tests.Notices.Wording;

/// <summary>
/// The words of one language that have no business in another: those in which the same things are said in it. Nobody keeps
/// a list, so a sentence that somebody forgets to translate is found the day it is written.
/// </summary>
internal sealed partial class Vocabulary(IEnumerable<string> texts, params string[] shared)
{
    public ImmutableHashSet<string> Words { get; } = [.. texts.SelectMany(Of).Except(shared, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Those of them that stand in a text.</summary>
    public IEnumerable<string> In(string text) => Of(text).Where(Words.Contains).Distinct();

    private static IEnumerable<string> Of(string text) => Word().Matches(Rest().Replace(text, " ")).Select(static match => match.Value.ToLowerInvariant());

    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.None, 1_000)]
    private static partial Regex Word();

    /// <summary>Addresses, and what is left of a word that was cut.</summary>
    [GeneratedRegex(@"https?://\S+|\S+…", RegexOptions.None, 1_000)]
    private static partial Regex Rest();
}
