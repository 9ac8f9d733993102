using System.Reflection;
using System.Text.RegularExpressions;
using Candor.Admin;
using Candor.Languages;
using Candor.Pages.Html;
using Candor.Pages.Phrases;
using Candor.State;
using Candor.Subscribing;

namespace Candor.Tests.Languages;

/// <summary>What the compiler cannot see: a sentence that was copied and not translated.</summary>
public sealed partial class BothLanguagesTests
{
    /// <summary>The same word in both languages.</summary>
    private static readonly string[] Alike = ["FeedWords.Line", "FeedWords.Status"];

    [Fact]
    public void No_sentence_of_one_language_was_left_in_another()
    {
        var (english, german) = (Language.English, Language.German);
        var pairs = typeof(PageWords).GetProperties()
            .Select(part => (part.GetValue(PageWords.In(english))!, part.GetValue(PageWords.In(german))!))
            .Append((ReaderWords.In(english), ReaderWords.In(german)))
            .Append((SubscriptionWords.Of(new Page("p", "P", "UTC")), SubscriptionWords.Of(new Page("p", "P", "UTC") { Language = "de" })))
            .Append((english.Names, german.Names))
            .ToList();

        var left =
            from pair in pairs
            from property in pair.Item1.GetType().BaseType!.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            where property.PropertyType == typeof(string)
            let name = $"{pair.Item1.GetType().BaseType!.Name}.{property.Name}"
            where !Alike.Contains(name) && Equals(property.GetValue(pair.Item1), property.GetValue(pair.Item2))
            select $"{name}: {property.GetValue(pair.Item1)}";

        Assert.Empty(left);
        Assert.True(pairs.Count > 10);
    }

    [Fact]
    public void The_module_of_every_language_says_the_same_things()
    {
        var said = Language.All.Select(language => Names(PageAssets.Text($"says-{language.Tag}.js"))).ToList();

        Assert.All(said, names => Assert.Equal(said[0], names));
        Assert.True(said[0].Length > 8);
        Assert.Equal(Language.All.Length, Language.All.Select(PageAssets.ModuleOf).Distinct().Count());
        Assert.All(
            Used().Matches(PageAssets.Text("candor.js")).Select(static use => use.Groups["name"].Value),
            name => Assert.Contains(name, said[0]));
    }

    private static string[] Names(string script) => [.. Name().Matches(script).Select(static name => name.Groups["name"].Value)];

    [GeneratedRegex("^    (?<name>[a-zA-Z]+)[:,]", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex("\\bsays\\.(?<name>[a-zA-Z]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Used();
}
