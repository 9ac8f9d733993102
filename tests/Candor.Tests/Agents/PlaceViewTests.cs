using Candor.Access.Agents;
using Candor.Agents;
using Candor.State;

namespace Candor.Tests.Agents;

public sealed class PlaceViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly World World = new Event[]
    {
        new PolicyConfigured(Now, Policy.Default with { Vantages = [VantageId.Local, new("eu")], EgressAllow = ["10.0.0.0/8"] }),
        Added("open", "http", """{"url":"https://a.example/"}"""),
        Added("closed", "http", """{"url":"https://b.example/","headers":[{"name":"Authorization","value":"Bearer $KEY"}],"send":"$PATH"}"""),
        Added("told", "heartbeat", """{"every":"01:00:00","grace":"00:10:00"}"""),
    }.Aggregate(World.Empty, World.Fold);

    [Fact]
    public void An_agent_gets_the_secrets_that_its_checks_name_and_no_others()
    {
        var asked = new List<string>();
        var view = PlaceView.Of(Agent(new(PrivateNetworks: true, [])), World, name =>
        {
            asked.Add(name);
            return "sesame";
        });

        Assert.Equal(["KEY"], asked);
        Assert.Equal(["KEY"], view.Plan.Checks.Single(static check => check.Monitor == "closed").Secrets!.Keys);
        Assert.Null(view.Plan.Checks.Single(static check => check.Monitor == "open").Secrets);
    }

    [Fact]
    public void What_is_told_to_the_core_is_asked_of_no_agent() =>
        Assert.Equal(["closed", "open"], PlaceView.Of(Agent(AgentRights.Least), World, static _ => null).Plan.Checks.Select(static check => check.Monitor));

    [Fact]
    public void SEC_34_Rights_limit_what_an_agent_is_given()
    {
        var least = PlaceView.Of(Agent(new(PrivateNetworks: false, ["open"])), World, static _ => "sesame").Plan;
        var more = PlaceView.Of(Agent(new(PrivateNetworks: true, [])), World, static _ => "sesame").Plan;

        Assert.Equal(["open"], least.Checks.Select(static check => check.Monitor));
        Assert.Empty(least.Networks);
        Assert.Equal(["10.0.0.0/8"], more.Networks);
        Assert.NotEqual(least.Id, more.Id);
    }

    private static Agent Agent(AgentRights rights) => new(new("eu"), Now) { PublicKey = "key", Rights = rights };

    private static MonitorAdded Added(string id, string kind, string options) => new(Now, new(
        new(id), new(kind, id, options), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), JudgingRules.Default));
}
