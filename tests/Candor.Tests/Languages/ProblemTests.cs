using System.Text.RegularExpressions;
using Candor.Languages;
using Candor.Notices.Channels;
using Candor.Pages;
using Candor.Pages.Phrases;
using Candor.Tests.Tidy;
using Candor.Watching;

namespace Candor.Tests.Languages;

/// <summary>Candor's own trouble says no less in German than it does in English.</summary>
public sealed partial class ProblemTests
{
    private const string Fallback = "Candor selbst ist gestört: Was hier steht, kann veraltet oder unvollständig sein.";

    private static readonly GermanProblems German = new();

    /// <summary>Wherever the product makes a problem public, its key has a sentence in every language and not only the last resort.</summary>
    [Fact]
    public void Every_public_problem_that_the_product_can_make_has_words_in_each_language()
    {
        var (keys, unknown) = (new List<string>(), new List<string>());
        foreach (var file in SourceTree.Files("src/Candor", ".cs"))
        {
            var source = SourceTree.Read(file);
            var raised = Raised().Matches(source).Select(static found => found.Groups["key"].Value).ToList();
            foreach (var key in raised)
            {
                keys.AddRange(key switch
                {
                    _ when key.StartsWith('"') && key.EndsWith('"') => [key.Trim('"')],
                    "\"notices:\" + Channel" or "\"notices:\" + kind.Name" => ChannelKinds.All.Select(static kind => "notices:" + kind.Name),
                    "what" => Saying().Matches(source).Select(static found => found.Groups["key"].Value),
                    "Key(loop)" => Supervised().Matches(SourceTree.Read("src/Candor/Commands/MirrorCommand.cs"))
                        .Concat(Loop().Matches(SourceTree.Read("src/Candor/Node/NodeLoops.cs"))).Select(static found => "loop:" + found.Groups["name"].Value),
                    _ => [],
                });
            }

            // One that is made in another way than those above would pass unseen.
            if (Named().Count(source) != raised.Count || raised.Exists(static key => !key.StartsWith('"') && key is not ("what" or "Key(loop)")))
            {
                unknown.Add($"{file}: {string.Join(", ", raised)}");
            }
        }

        Assert.Empty(unknown);
        Assert.All(["journal", "disk", "notices:email", "notices:contacts", "publisher.silent", "loop:notices", "loop:following"], known => Assert.Contains(known, keys));
        foreach (var words in Language.All.Select(static language => PageWords.In(language).Problems))
        {
            var fallback = words.Of(new("What operators read.", null) { Key = "nothing that there is" });
            Assert.DoesNotContain(keys, key => fallback != "What operators read." && words.Of(new("What operators read.", null) { Key = key }) == fallback);
        }
    }

    [Theory]
    [InlineData("email", "Benachrichtigungen per E-Mail gehen derzeit nicht hinaus; sie werden aufbewahrt und später gesendet.", "Notices by email " + Problem.NothingGoesOut)]
    [InlineData("email", "Benachrichtigungen per E-Mail gehen derzeit verspätet hinaus.", "Notices by email are delayed; the oldest waits for 12 min.")]
    [InlineData("slack", "Benachrichtigungen an Slack gehen derzeit verspätet hinaus.", "Notices by slack are delayed; the oldest waits for 12 min.")]
    public void What_does_not_go_out_is_not_called_late(string channel, string words, string sentence) =>
        Assert.Equal(words, German.Of(new(sentence, null) { Key = "notices:" + channel }));

    [Fact]
    public void Every_loop_whose_end_readers_should_know_of_has_words()
    {
        var loops = Loop().Matches(SourceTree.Read("src/Candor/Node/NodeLoops.cs")).Select(static found => found.Groups["name"].Value).ToList();

        Assert.Contains("notices", loops);
        Assert.True(loops.Count >= 8, string.Join(", ", loops));
        Assert.DoesNotContain(loops, static name => German.Of(new("", null) { Key = "loop:" + name }) == Fallback);
        Assert.Equal("Derzeit kann niemand benachrichtigt werden.", German.Of(new("", null) { Key = "loop:notices" }));
    }

    [Fact]
    public void What_the_node_watches_of_itself_for_readers_has_words()
    {
        var keys = Watched().Matches(SourceTree.Read("src/Candor/Node/SelfWatch.cs")).Select(static found => found.Groups["name"].Value).Distinct().ToList();

        Assert.Contains("disk", keys);
        Assert.DoesNotContain(keys, static key => German.Of(new("", null) { Key = key }) == Fallback);
    }

    [GeneratedRegex("\\.(Set|Raise)\\(\\s*(?<key>[^,]+?),\\s*(Gravity\\.Public|consequence is null)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Raised();

    [GeneratedRegex("(?<!== )Gravity\\.Public", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Named();

    [GeneratedRegex("\\bSay\\(\"(?<key>[a-z.]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Saying();

    [GeneratedRegex("supervisor\\.RunAsync\\(\"(?<name>[a-z ]+)\", \"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Supervised();

    [GeneratedRegex("new\\(\"(?<name>[a-z ]+)\", (Blind|Mute|\")", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Loop();

    [GeneratedRegex("self\\.(Set|Raise)\\(\\s*\"(?<name>[a-z]+)\",\\s*Gravity\\.Public", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Watched();
}
