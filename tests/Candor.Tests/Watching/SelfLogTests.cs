using Candor.Testing;
using Candor.Watching;

namespace Candor.Tests.Watching;

public class SelfLogTests
{
    private readonly ManualTimeProvider time = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_problem_keeps_its_beginning_while_its_words_change()
    {
        var self = new SelfLog(time);
        self.Raise("disk", Gravity.Public, "The disk is nearly full.");
        time.Advance(TimeSpan.FromMinutes(5));
        self.Raise("disk", Gravity.Public, "The disk is full.");

        var problem = Assert.Single(self.Problems);
        Assert.Equal(("The disk is full.", time.GetUtcNow() - TimeSpan.FromMinutes(5)), (problem.Sentence, problem.Since));
    }

    [Fact]
    public void Saying_the_same_again_is_no_news()
    {
        var self = new SelfLog(time);
        self.Raise("disk", Gravity.Public, "The disk is full.", "3 bytes left");
        var version = self.Version;

        self.Raise("disk", Gravity.Public, "The disk is full.", "3 bytes left");
        self.Clear("journal");

        Assert.Equal(version, self.Version);
    }

    [Fact]
    public void What_is_over_is_gone_and_begins_anew_when_it_comes_back()
    {
        var self = new SelfLog(time);
        self.Set("journal", Gravity.Public, "It fails.");
        self.Set("journal", Gravity.Public, null);
        Assert.Empty(self.Problems);

        time.Advance(TimeSpan.FromHours(1));
        self.Set("journal", Gravity.Public, "It fails.");

        Assert.Equal(time.GetUtcNow(), Assert.Single(self.Problems).Since);
    }

    [Fact]
    public void The_operators_page_names_each_problem_with_what_to_do_and_health_tells_no_details()
    {
        var self = new SelfLog(time);
        self.Raise("settings", Gravity.Private, "The newest settings cannot be used.", "candor.yaml, line 3");

        Assert.Contains("candor.yaml, line 3", SelfPage.Text(self, "1.0"), StringComparison.Ordinal);
        var answer = HealthAnswer.Of(ready: true, "1.0", self.Problems);
        Assert.Equal("degraded", answer.Status);
        Assert.Equal("The newest settings cannot be used.", Assert.Single(answer.Reasons).Reason);
    }

    [Fact]
    public void Before_the_first_page_health_says_not_ready() =>
        Assert.Equal("not_ready", HealthAnswer.Of(ready: false, "1.0", []).Status);
}
