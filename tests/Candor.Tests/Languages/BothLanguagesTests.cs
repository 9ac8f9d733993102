using System.Reflection;
using System.Text.RegularExpressions;
using Candor.Admin;
using Candor.Journal;
using Candor.Languages;
using Candor.Mirrors.Telling;
using Candor.Notices.Wording;
using Candor.Pages.Html;
using Candor.Pages.Phrases;
using Candor.State;
using Candor.State.Postmortems;
using Candor.Subscribing;

namespace Candor.Tests.Languages;

/// <summary>What the compiler cannot see: a sentence that was copied and not translated.</summary>
public sealed partial class BothLanguagesTests
{
    /// <summary>The same word in both languages.</summary>
    private static readonly string[] Alike = ["FeedWords.Line", "FeedWords.Status", "DraftWords.InRegion", "StateNames.Within"];

    [Fact]
    public void No_sentence_of_one_language_was_left_in_another()
    {
        var (english, german) = (Language.English, Language.German);
        var pairs = typeof(PageWords).GetProperties()
            .Select(part => (part.GetValue(PageWords.In(english))!, part.GetValue(PageWords.In(german))!))
            .Append((ReaderWords.In(english), ReaderWords.In(german)))
            .Append((SubscriptionWords.Of(new Page("p", "P", "UTC")), SubscriptionWords.Of(new Page("p", "P", "UTC") { Language = "de" })))
            .Append((english.Names, german.Names))
            .Append((NoticeSpeech.Of(english), NoticeSpeech.Of(german)))
            .Append((TellingSpeech.Of(english), TellingSpeech.Of(german)))
            .Append((DraftWords.English, DraftWords.German))
            .ToList();

        var left =
            from pair in pairs
            from property in pair.Item1.GetType().BaseType!.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            where property.PropertyType == typeof(string)
            let name = $"{pair.Item1.GetType().BaseType!.Name}.{property.Name}"
            where !Alike.Contains(name) && Equals(property.GetValue(pair.Item1), property.GetValue(pair.Item2))
            select $"{name}: {property.GetValue(pair.Item1)}";

        var copied =
            from pair in pairs
            from method in pair.Item1.GetType().BaseType!.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where method is { IsAbstract: true, IsSpecialName: false } && method.ReturnType == typeof(string)
            let takes = method.GetParameters().Select(static one => one.ParameterType).ToArray()
            where takes.All(static type => Value(type, 0) is not null)
            let name = $"{method.DeclaringType!.Name}.{method.Name}"
            where !Alike.Contains(name) && Enumerable.Range(0, 6).All(round => Equals(Said(pair.Item1, method, takes, round), Said(pair.Item2, method, takes, round)))
            select $"{name}: {Said(pair.Item1, method, takes, 0)}";

        Assert.Empty(left);
        Assert.Empty(copied);
        Assert.True(pairs.Count > 10);
    }

    [Theory]
    [InlineData(Reserve.DiskFull, "voll")]
    [InlineData("something_new", "später")]
    public void A_refusal_that_is_nobodys_mistake_sends_nobody_to_look_for_one(string code, string words)
    {
        var said = SubscriptionWords.Of(new Page("p", "P", "UTC") { Language = "de" }).Refused(new(code, "…"), null);

        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.DoesNotContain("Angaben", said, StringComparison.Ordinal);
    }

    private static string? Said(object words, MethodInfo method, Type[] takes, int round) =>
        (string?)method.Invoke(words, [.. takes.Select(type => Value(type, round))]);

    /// <summary>Something for a hole; null where a sentence takes what is not made so easily, and the samples go over it.</summary>
    private static object? Value(Type type, int round) => type switch
    {
        _ when type == typeof(string) => "Zirkon",
        _ when type == typeof(int) => round + 1,
        _ when type == typeof(bool) => round % 2 == 0,
        _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(7 + round),
        _ when type == typeof(IReadOnlyList<string>) => new[] { "Basalt", "Gneis" },
        { IsEnum: true } => Enum.GetValues(type) is var all ? all.GetValue(round % all.Length) : null,
        _ => null,
    };

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
