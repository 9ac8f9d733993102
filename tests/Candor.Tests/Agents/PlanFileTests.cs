using System.Text;
using Candor.Agents.Outpost;
using Candor.Agents.Wire;
using Candor.Tests.Effects;

namespace Candor.Tests.Agents;

public sealed class PlanFileTests
{
    private const string Path = "/agent/plan.json";

    private static readonly Identity Eu = Identity.New("https://status.example.com/") with { Place = "eu" };

    private static readonly Plan Asked = new(
        "abc", [new("web", "http", "https://www.example.com/", "{}", 60_000, 5_000) { Secrets = new SortedDictionary<string, string> { ["TOKEN"] = "hush" } }],
        ["resolvers"], ["10.0.0.0/8"]);

    private readonly FakeDisk disk = new();

    [Fact]
    public void What_was_asked_last_is_known_after_a_restart_secrets_and_all()
    {
        Assert.Equal((null, null), Of(Eu).Load());
        Assert.True(Of(Eu).Keep(Asked));

        var (plan, trouble) = Of(Eu).Load();
        Assert.Null(trouble);
        Assert.Equal(("abc", "web", "hush"), (plan!.Id, plan.Checks.Single().Monitor, plan.Checks.Single().Secrets!["TOKEN"]));
        Assert.Equal("resolvers 10.0.0.0/8", string.Join(' ', plan.Controls.Concat(plan.Networks)));
    }

    [Fact]
    public void Another_place_and_another_core_asked_for_nothing()
    {
        Of(Eu).Keep(Asked);
        Assert.Equal((null, null), Of(Eu with { Place = "us" }).Load());
        Assert.Equal((null, null), Of(Eu with { Server = "https://elsewhere.example/" }).Load());
        Of(Eu).Forget();
        Assert.Equal((null, null), Of(Eu).Load());
    }

    [Fact]
    public void SEC_34_What_others_could_read_is_deleted_and_said()
    {
        Of(Eu).Keep(Asked);
        disk.Open.Add(Path);

        var (plan, trouble) = Of(Eu).Load();
        Assert.Null(plan);
        Assert.Contains("The secrets of the checks here may be known", trouble, StringComparison.Ordinal);
        Assert.Empty(disk.Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{\"server\":\"https://status.example.com/\",\"place\":\"eu\"}")]
    [InlineData("{\"server\":\"https://status.example.com/\",\"place\":\"eu\",\"plan\":{\"id\":\"a\",\"checks\":[null],\"controls\":[],\"networks\":[]}}")]
    public void What_cannot_be_read_is_said_and_not_gone_by(string stored)
    {
        disk.Files[Path] = Encoding.UTF8.GetBytes(stored);

        var (plan, trouble) = Of(Eu).Load();
        Assert.Null(plan);
        Assert.Contains("cannot be read", trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_the_disk_does_not_take_leaves_none_of_before()
    {
        Of(Eu).Keep(Asked);
        disk.IsFull = true;
        Assert.False(Of(Eu).Keep(Asked with { Id = "next" }));
        Assert.Equal((null, null), Of(Eu).Load());
    }

    private PlanFile Of(Identity identity) => new(disk, Path, identity);
}
