using Candor.Access;
using Candor.Access.Factors;
using Candor.Journal;

namespace Candor.Tests.Access;

public sealed class PeopleTests
{
    private static readonly PersonId Ada = new("ada000000000");
    private static readonly Passkey Key = new("key1", "Phone", "AAAA", 0, Cast.Now);
    private readonly Cast.Chance chance = new();

    public static TheoryData<string> Changes => ["role", "passkey added", "passkey removed", "password", "removed"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void SEC_05_Whatever_changes_a_person_ends_all_their_sessions_and_tokens(string what)
    {
        var other = Cast.Somebody("bo0000000000", email: "bo@example.com") with { Passkeys = [Key with { Id = "key9" }] };
        var ada = Cast.Somebody() with { Passkeys = [Key, Key with { Id = "key2" }] };
        var (_, token) = Cast.Token(chance);
        var roster = Roster.Of(
        [
            ada, other, token with { Person = Ada }, token with { Id = new("other0000000"), Person = other.Id },
            new Session("s1", Ada, Cast.Now, Cast.Now, Cast.Now), new Session("s2", Ada, Cast.Now, Cast.Now, Cast.Now),
            new Session("s3", other.Id, Cast.Now, Cast.Now, Cast.Now),
        ]);

        var after = roster.With(Change(roster, what).Events);

        Assert.Equal(["s3"], after.Sessions.Keys);
        Assert.NotNull(after.Tokens[token.Id].RevokedAt);
        Assert.Null(after.Tokens[new("other0000000")].RevokedAt);
    }

    [Fact]
    public void The_last_owner_who_can_sign_in_stays_one()
    {
        var roster = Roster.Of([Cast.Somebody() with { Passkeys = [Key] }, Cast.Somebody("bo0000000000", email: "bo@example.com")]);

        Assert.Equal("people.last_owner", People.ChangeRole(roster, Ada, Role.Viewer, Reach.Everything, Cast.Now).Refusal?.Code);
        Assert.Equal("people.last_owner", People.Remove(roster, Ada, Cast.Now).Refusal?.Code);
        Assert.Equal("passkey.last", People.RemovePasskey(roster, Ada, "key1", Cast.Now).Refusal?.Code);
    }

    [Fact]
    public void An_invitation_is_used_once_by_its_secret_and_gives_what_it_says()
    {
        var invitation = new Invitation("hash", "Bo", "bo@example.com", Role.Responder, Ada, Cast.Now.AddDays(3)) { Reach = new([new("basket")]) };
        var roster = Roster.Of([Cast.Somebody()]);
        roster = roster.With(People.Invite(roster, invitation, Cast.Now).Events);

        var after = roster.With(People.Accept(roster, "hash", "Bo", new("bo0000000000"), Cast.Now).Events);

        Assert.Equal((Role.Responder, invitation.Reach), (after.People[new("bo0000000000")].Role, after.People[new("bo0000000000")].Reach));
        Assert.Equal("invitation.over", People.Accept(after, "hash", "Eve", new("eve000000000"), Cast.Now).Refusal?.Code);
        Assert.Equal("invitation.over", People.Accept(roster, "hash", "Bo", new("bo0000000000"), Cast.Now.AddDays(3)).Refusal?.Code);
        Assert.Equal("people.known", People.Invite(after, invitation, Cast.Now).Refusal?.Code);
    }

    [Fact]
    public void The_browser_that_took_an_invitation_may_finish_while_there_is_no_way_to_come_back_and_nobody_else()
    {
        var bo = new PersonId("bo0000000000");
        var invitation = new Invitation("hash", "Bo", "bo@example.com", Role.Responder, Ada, Cast.Now.AddDays(3));
        var roster = Roster.Of([Cast.Somebody() with { Passkeys = [Key] }, invitation]);

        var after = roster.With(People.Accept(roster, "hash", "Bo", bo, Cast.Now, "browser").Events);

        Assert.Null(People.Unfinished(roster, "hash", "browser", Cast.Now));
        Assert.Equal(bo, People.Unfinished(after, "hash", "browser", Cast.Now.AddDays(2))?.Id);
        Assert.Null(People.Unfinished(after, "hash", "other-browser", Cast.Now));
        Assert.Null(People.Unfinished(after, "hash", null, Cast.Now));
        Assert.Null(People.Unfinished(after, "other-hash", "browser", Cast.Now));
        Assert.Null(People.Unfinished(after, "hash", "browser", Cast.Now.AddDays(3)));
        Assert.All((string?[])["browser", "other-browser", null], browser => Assert.Equal(
            "invitation.over", People.Accept(after, "hash", "Eve", new("eve000000000"), Cast.Now, browser).Refusal?.Code));
        Assert.All(
            (Decision<RosterChange>[])
            [
                People.AddPasskey(after, bo, Key with { Id = "key9" }, Cast.Now), People.SetPassword(after, bo, "hash", new(new("k1", 1, "box"), 0), [], Cast.Now),
                People.Bind(after, bo, new("https://id.example", "bo"), Cast.Now), People.ChangeRole(after, bo, Role.Viewer, Reach.Everything, Cast.Now),
                People.Remove(after, bo, Cast.Now), People.Remove(after, Ada, Cast.Now, evenLast: true),
            ],
            decision => Assert.Empty(after.With(decision.Events).Invitations));
    }

    [Fact]
    public void An_invitation_that_no_browser_can_finish_is_used_up_at_once()
    {
        var roster = Roster.Of([new Invitation("hash", "Bo", "bo@example.com", Role.Responder, Ada, Cast.Now.AddDays(3))]);

        Assert.Empty(roster.With(People.Accept(roster, "hash", "Bo", new("bo0000000000"), Cast.Now).Events).Invitations);
    }

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData(" ADA@Example.com ", true)]
    [InlineData("ada", false)]
    [InlineData("@example.com", false)]
    [InlineData("a@b@c", false)]
    [InlineData("\"a b\"@example.com", false)]
    [InlineData("a@example.com\r\nBcc: eve@example.com", false)]
    public void An_address_is_plain(string typed, bool good) => Assert.Equal(good, People.Email(typed) is not null);

    [Fact]
    public void A_passkey_whose_counter_went_back_is_a_copy()
    {
        var roster = Roster.Of([Cast.Somebody() with { Passkeys = [Key with { Counter = 7 }] }]);

        Assert.Null(People.UsePasskey(roster, Ada, Key with { Counter = 8 }).Refusal);
        Assert.NotNull(People.UsePasskey(roster, Ada, Key with { Counter = 7 }).Refusal);
        Assert.NotNull(People.UsePasskey(roster, Ada, Key with { Counter = 0 }).Refusal);
    }

    private static Decision<RosterChange> Change(Roster roster, string what) => what switch
    {
        "role" => People.ChangeRole(roster, Ada, Role.Viewer, Reach.Everything, Cast.Now),
        "passkey added" => People.AddPasskey(roster, Ada, Key with { Id = "key3" }, Cast.Now),
        "passkey removed" => People.RemovePasskey(roster, Ada, "key1", Cast.Now),
        "password" => People.SetPassword(roster, Ada, "hash", new(new("k", 1, ""), 0), [], Cast.Now),
        _ => People.Remove(roster, Ada, Cast.Now),
    };
}
