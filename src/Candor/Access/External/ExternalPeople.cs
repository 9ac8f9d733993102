using Candor.Journal;

namespace Candor.Access.External;

/// <summary>Who comes in over a provider: decisions about the roster.</summary>
internal static class ExternalPeople
{
    /// <summary>
    /// The person who came by this subject before; otherwise the one with the verified address, who is bound to the subject
    /// from now on; otherwise whoever was invited with it. An address that comes with another subject than before is not
    /// believed: providers give addresses to new people.
    /// </summary>
    public static (PersonId? Person, Decision<RosterChange> Decision) ComeIn(
        Roster roster, ExternalIdentity identity, IdTokenClaims claims, PersonId newId, DateTimeOffset now)
    {
        if (roster.People.Values.FirstOrDefault(person => person.Identities.Contains(identity)) is { } known)
        {
            return (known.Id, Decision.Of<RosterChange>([]));
        }

        if (claims.Email is not { } email)
        {
            return (null, Unknown);
        }

        if (roster.FindByEmail(email) is { } named)
        {
            return named.Identities.Any(other => other.Issuer == identity.Issuer)
                ? (null, new Refusal("oidc.other", "Somebody else came with this address before. An owner removes and invites them anew."))
                : (named.Id, People.Bind(roster, named.Id, identity, now));
        }

        return roster.Invitations.Values.FirstOrDefault(one => one.Email == email && one.ExpiresAt > now && one.Taken is null) is { } invitation
            ? (newId, Accepted(roster, invitation, identity, claims, newId, now))
            : (null, Unknown);
    }

    private static Refusal Unknown { get; } = new(
        "oidc.unknown", "Nobody here has this account or its verified address. Ask an owner for an invitation to it.");

    private static Decision<RosterChange> Accepted(
        Roster roster, Invitation invitation, ExternalIdentity identity, IdTokenClaims claims, PersonId id, DateTimeOffset now)
    {
        var name = claims.Name is { } said && said.Trim().Length is > 0 and <= 100 && !said.Any(char.IsControl) ? said : invitation.Name;
        var accepted = People.Accept(roster, invitation.Hash, name, id, now);
        return accepted.Refusal is not null
            ? accepted
            : Decision.Of<RosterChange>([.. accepted.Events.Select(change =>
                change.Now is Person person ? RosterChange.Put(person with { Identities = [identity] }) : change)]);
    }
}
