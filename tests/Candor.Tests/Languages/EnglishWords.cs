using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Candor.Tests.Languages;

/// <summary>Finds English words in what is to be German.</summary>
internal static partial class EnglishWords
{
    /// <summary>Words of the English pages that are no German ones. A sentence without any of them would be a rare one.</summary>
    private static readonly HashSet<string> Known =
    [
        .. """
            the is are of and not this that with by for to from until no since it its you your we our be been has have had had were will can may
            last days day today now past ago just far more other others all both none nothing any each every whole same only alone again before after
            incident incidents component components service services maintenance maintenances update updates subscribe history pages page time times zone
            operational outage degraded performance unknown resolved investigating identified monitoring postmortem scheduled progress verifying completed
            planned started lasted lasting affected affects affecting told seen see saw said verified uptime removed merged called moved corrected detected
            automatically edited contact skip sign back past response fastest slowest highest table regions components calendar everything
            first word longest silence subscriber subscribers late reached down work works trouble cannot yet read here there where who what when how why
            choose address mail message confirm sent impact minor major critical notice unstable came downtime downtimes measured published
            formula counts second result steps write file folder copy made mirror publisher shown problem blind monitors open done due month months newest
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>Said in attributes, to those who cannot see the page or point at it.</summary>
    private static readonly string[] Spoken = ["title", "aria-label", "alt", "placeholder", "data-denied", "data-none"];

    public static IEnumerable<string> In(IHtmlDocument page, IReadOnlyList<string> peoples)
    {
        // Words of people, and what is to be typed as it stands.
        foreach (var element in page.QuerySelectorAll("style, script, pre, code, .text, .tip").ToList())
        {
            element.Remove();
        }

        var title = page.Title ?? "";
        var heard = page.All.SelectMany(static element => Spoken.Select(element.GetAttribute)).OfType<string>();
        return In(string.Join('\n', Leaves(page.Body!).Concat(heard).Append(title)), peoples);
    }

    /// <summary>A word is never made of the end of one element and the beginning of another.</summary>
    private static IEnumerable<string> Leaves(INode node) => node is IText text ? [text.Data] : node.ChildNodes.SelectMany(Leaves);

    public static IEnumerable<string> In(string text, IReadOnlyList<string> peoples)
    {
        // The longest first, so that none is taken apart by a shorter one within it.
        var rest = peoples.OrderByDescending(static words => words.Length).Aggregate(Address().Replace(text, " "), static (said, words) => said.Replace(words, " ", StringComparison.Ordinal));
        foreach (var line in rest.Split('\n'))
        {
            var words = Word().Matches(line).Select(static match => match.Value.ToLowerInvariant()).Where(Known.Contains).ToList();
            if (words.Count > 0)
            {
                yield return $"“{string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}” has {string.Join(", ", words.Distinct())}";
            }
        }
    }

    /// <summary>Of the web or of mail: to be typed, not to be read.</summary>
    [GeneratedRegex("\\S*[@/]\\S*", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex("[\\p{L}’'-]+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
