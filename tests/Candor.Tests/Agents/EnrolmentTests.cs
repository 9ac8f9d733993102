using System.Security.Cryptography;
using Candor.Access;
using Candor.Access.Agents;
using Candor.Agents.Wire;
using Candor.Journal;
using Candor.Tests.Access;

namespace Candor.Tests.Agents;

public sealed class EnrolmentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private readonly Cast.Chance chance = new();
    private Roster roster = Roster.Empty;

    [Fact]
    public void SEC_34_A_code_lets_one_key_in_once()
    {
        var code = Added("eu");

        Assert.Null(Do(Enrolment.Use(roster, code, "mine", Now)));
        Assert.Equal("agent.code", Do(Enrolment.Use(roster, code, "stolen", Now))?.Code);
        Assert.Equal("mine", roster.Agents["eu"].PublicKey);

        // The answer may have been lost; the same key asks again and gets it.
        Assert.Null(Do(Enrolment.Use(roster, code, "mine", Now.AddHours(1))));
    }

    [Fact]
    public void SEC_34_An_old_a_forged_and_a_replaced_code_let_nobody_in()
    {
        var first = Added("eu");
        var second = Added("eu");

        Assert.Equal("agent.code", Do(Enrolment.Use(roster, first, "key", Now))?.Code);
        Assert.Equal("agent.code", Do(Enrolment.Use(roster, second with { Secret = first.Secret }, "key", Now))?.Code);
        Assert.Equal("agent.code", Do(Enrolment.Use(roster, second with { Kind = TokenText.Api }, "key", Now))?.Code);
        Assert.Equal("agent.code", Do(Enrolment.Use(roster, second, "key", Now + Enrolment.CodeLasts))?.Code);
        Assert.Null(Do(Enrolment.Use(roster, second, "key", Now)));
    }

    [Fact]
    public void SEC_34_Who_was_put_out_is_out_and_no_key_changes_that()
    {
        var code = Added("eu");
        Do(Enrolment.Use(roster, code, "key", Now));
        Do(Enrolment.Revoke(roster, "eu", Now));

        Assert.False(roster.Agents["eu"].IsIn);
        Assert.Equal("agent.code", Do(Enrolment.Use(roster, code, "key", Now))?.Code);
        Assert.Equal("agent.revoked", Do(Enrolment.Rotate(roster, new("eu"), "key", "next"))?.Code);

        var another = Added("eu");
        Assert.False(roster.Agents["eu"].IsIn);
        Assert.Null(Do(Enrolment.Use(roster, another, "next", Now)));
        Assert.True(roster.Agents["eu"].IsIn);
    }

    [Fact]
    public void The_key_before_says_which_is_the_next_and_is_then_none()
    {
        var code = Added("eu");
        Do(Enrolment.Use(roster, code, "key", Now));

        Assert.Null(Do(Enrolment.Rotate(roster, new("eu"), "key", "next")));
        Assert.Equal("agent.revoked", Do(Enrolment.Rotate(roster, new("eu"), "key", "other"))?.Code);
        Assert.Equal("next", roster.Agents["eu"].PublicKey);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("../eu")]
    public void A_place_has_a_name_that_settings_can_say(string name) =>
        Assert.Equal("place.name", Enrolment.Add(roster, name, AgentRights.Least, Now, chance).Decision.Refusal?.Code);

    [Fact]
    public void SEC_34_A_signature_holds_for_one_path_place_challenge_count_and_body_by_one_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (stamp, body) = (new RequestStamp("eu", "challenge", 1), "{}"u8.ToArray());
        var (mine, signature) = (Signing.PublicOf(key), Signing.Sign(key, "/a", stamp, body));

        Assert.True(Signing.IsGenuine(mine, "/a", stamp, body, signature));
        Assert.False(Signing.IsGenuine(Signing.PublicOf(other), "/a", stamp, body, signature));
        Assert.False(Signing.IsGenuine(mine, "/b", stamp, body, signature));
        Assert.False(Signing.IsGenuine(mine, "/a", stamp with { Place = "us" }, body, signature));
        Assert.False(Signing.IsGenuine(mine, "/a", stamp with { Challenge = "other" }, body, signature));
        Assert.False(Signing.IsGenuine(mine, "/a", stamp with { Count = 2 }, body, signature));
        Assert.False(Signing.IsGenuine(mine, "/a", stamp, "[]"u8, signature));
        Assert.All(["", "AAAA", new string('A', 88), "?"], forged => Assert.False(Signing.IsGenuine(mine, "/a", stamp, body, forged)));
    }

    [Fact]
    public void Only_a_key_of_the_one_curve_is_a_key()
    {
        using var wrong = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var right = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.True(Signing.IsKey(Signing.PublicOf(right)));
        Assert.All([Signing.PublicOf(wrong), "", "AAAA", new string('A', 5_000), Signing.PublicOf(right) + "AAAA"], static text => Assert.False(Signing.IsKey(text)));
    }

    private TokenText Added(string place)
    {
        var (code, decision) = Enrolment.Add(roster, place, AgentRights.Least, Now, chance);
        Assert.Null(Do(decision));
        return code;
    }

    private Refusal? Do(Decision<RosterChange> decision)
    {
        roster = roster.With(decision.Events);
        return decision.Refusal;
    }
}
