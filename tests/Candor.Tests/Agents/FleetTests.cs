using Candor.Access;
using Candor.Access.Agents;
using Candor.Agents;
using Candor.State;

namespace Candor.Tests.Agents;

public sealed class FleetTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly VantageId Eu = new("eu");

    private static readonly World Blind = new Event[]
    {
        new PolicyConfigured(Now, Policy.Default with { Vantages = [VantageId.Local, Eu] }),
        Added("web", []), Added("mail", [VantageId.Local]), Added("far", [Eu]),
        new VantageChanged(Now, Eu, VantageStatus.Blind, Now, "nothing has been heard from it"),
    }.Aggregate(World.Empty, World.Fold);

    [Fact]
    public void A_blind_place_is_one_complaint_however_much_it_watches() => Assert.Equal(
        "eu is blind, so it has no vote: nothing has been heard from it. 2 monitors are looked at from there, 1 from nowhere else.", Fleet.Complaint(Blind, Eu));

    [Fact]
    public void A_place_that_sees_or_that_nobody_counts_is_none()
    {
        Assert.Null(Fleet.Complaint(World.Fold(Blind, new VantageChanged(Now, Eu, VantageStatus.Live, Now, "")), Eu));
        Assert.Null(Fleet.Complaint(World.Fold(Blind, new PolicyConfigured(Now, Policy.Default)), Eu));
    }

    [Fact]
    public void Places_of_the_settings_and_places_of_agents_are_all_there()
    {
        var roster = Roster.Of([new Agent(Eu, Now) { PublicKey = "key" }, new Agent(new("old"), Now) { PublicKey = "key", RevokedAt = Now }]);
        var heard = Standing.Unheard with { HeardAt = Now, Skew = TimeSpan.FromSeconds(-3), Lag = TimeSpan.FromSeconds(0.25), Version = "1.0", Waiting = 2 };

        var rows = Fleet.RowsOf(Blind, roster, place => place == "eu" ? heard : null);

        Assert.Equal(["local built_in True live", "eu in True blind", "old revoked False live"], rows.Select(static row => $"{row.Name} {row.Agent} {row.Configured} {row.Status}"));
        Assert.Equal((-3.0, 0.25, "1.0", 2), (rows[1].SkewSeconds, rows[1].LagSeconds, rows[1].Version, rows[1].Waiting));
    }

    private static MonitorAdded Added(string id, VantageId[] from) => new(Now, new(
        new(id), new("http", $"https://{id}.example/", "{}"), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), JudgingRules.Default) { From = [.. from] });
}
