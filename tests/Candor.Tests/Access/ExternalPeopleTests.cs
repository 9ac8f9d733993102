using Candor.Access;
using Candor.Access.External;

namespace Candor.Tests.Access;

public sealed class ExternalPeopleTests
{
    private static readonly ExternalIdentity Account = new("https://id.example.com", "subject-1");
    private static readonly PersonId New = new("new000000000");

    [Fact]
    public void The_verified_address_of_somebody_who_is_here_binds_the_account_and_the_account_is_enough_from_then_on()
    {
        var roster = Roster.Of([Cast.Somebody()]);
        var (person, decision) = ComeIn(roster, "ada@example.com");
        roster = roster.With(decision.Events);

        Assert.Equal(Cast.Somebody().Id, person);
        Assert.Equal((Cast.Somebody().Id, 0), (ComeIn(roster, null).Person, ComeIn(roster, null).Decision.Events.Count));
        Assert.Equal(Cast.Somebody().Id, ComeIn(roster, "other@example.com").Person);
    }

    [Fact]
    public void Whoever_is_invited_comes_in_with_the_role_of_the_invitation_and_uses_it_up()
    {
        var roster = Roster.Of([new Invitation("hash", "Bob", "bob@example.com", Role.Responder, null, Cast.Now.AddHours(1))]);
        var (person, decision) = ComeIn(roster, "bob@example.com");
        roster = roster.With(decision.Events);

        Assert.Equal(New, person);
        Assert.Equal((Role.Responder, 0), (roster.People[New].Role, roster.Invitations.Count));
        Assert.Equal([Account], roster.People[New].Identities);
    }

    [Fact]
    public void Nobody_else_becomes_anybody()
    {
        var bound = Roster.Of([Cast.Somebody() with { Identities = [Account with { Subject = "subject-0" }] }]);

        Assert.Equal("oidc.other", ComeIn(bound, "ada@example.com").Decision.Refusal?.Code);
        Assert.Equal("oidc.unknown", ComeIn(bound, "eve@example.com").Decision.Refusal?.Code);
        Assert.Equal("oidc.unknown", ComeIn(Roster.Of([Cast.Somebody()]), null).Decision.Refusal?.Code);
        Assert.Equal("oidc.unknown", ComeIn(
            Roster.Of([new Invitation("hash", "Bob", "bob@example.com", Role.Owner, null, Cast.Now)]), "bob@example.com").Decision.Refusal?.Code);
    }

    private static (PersonId? Person, Candor.Journal.Decision<RosterChange> Decision) ComeIn(Roster roster, string? email) =>
        ExternalPeople.ComeIn(roster, Account, new(Account.Subject, email, "Ada"), New, Cast.Now);
}
