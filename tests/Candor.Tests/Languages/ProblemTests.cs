using System.Text.RegularExpressions;
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

    [Theory]
    [InlineData("email", "Benachrichtigungen per E-Mail gehen derzeit nicht hinaus; sie werden aufbewahrt und später gesendet.", "Notices by email " + Problem.NothingGoesOut)]
    [InlineData("email", "Benachrichtigungen per E-Mail gehen derzeit verspätet hinaus.", "Notices by email are delayed; the oldest waits for 12 min.")]
    [InlineData("slack", "Benachrichtigungen über slack gehen derzeit verspätet hinaus.", "Notices by slack are delayed; the oldest waits for 12 min.")]
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

    [GeneratedRegex("new\\(\"(?<name>[a-z ]+)\", (Blind|Mute|\")", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Loop();

    [GeneratedRegex("self\\.(Set|Raise)\\(\\s*\"(?<name>[a-z]+)\",\\s*Gravity\\.Public", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Watched();
}
