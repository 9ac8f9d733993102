using System.Collections.Immutable;
using Candor.Access.External;
using Candor.Access.Factors;
using Candor.Effects;
using Candor.Journal;

namespace Candor.Access;

/// <summary>
/// Who belongs here: decisions about the roster. Whatever changes what somebody is, or how they prove it, ends all of their
/// sessions and revokes all of their tokens in the same step.
/// </summary>
internal static class People
{
    private const int NameLengthMax = 100;
    private const int EmailLengthMax = 254;
    private const int PasskeysMax = 20;

    /// <summary>The first owner. Only while nobody could sign in, so that of any number who try at once one succeeds.</summary>
    public static Decision<RosterChange> BeFirst(Roster roster, Person person) =>
        roster.People.Values.Any(CanSignIn)
            ? new Refusal("set_up.over", "Candor is set up already. Sign in, or ask an owner for an invitation.")
            : AgainstNames(person.Name, person.Email) is { } refusal ? refusal
            : roster.People.Values.SelectMany(old => Falling(roster, old.Id, person.Since, "replaced at set-up").Append(RosterChange.Remove(old)))
                .Append(RosterChange.Put(person)).ToArray();

    public static bool CanSignIn(Person person) => person.Passkeys.Length > 0 || (person.Password is not null && person.Totp is not null);

    public static Decision<RosterChange> Invite(Roster roster, Invitation invitation, DateTimeOffset now) =>
        AgainstNames(invitation.Name, invitation.Email) is { } refusal ? refusal
        : roster.FindByEmail(invitation.Email) is not null ? new Refusal("people.known", "Somebody with this address is here already.", "email")
        : roster.Invitations.Values
            .Where(old => old.Email == invitation.Email || old.ExpiresAt <= now).Select(RosterChange.Remove)
            .Append(RosterChange.Put(invitation)).ToArray();

    /// <summary>Role and reach are the invitation's, whatever else was sent along.</summary>
    /// <param name="browser">The hash of the mark of the browser that may finish when the answer is lost, or null: none may.</param>
    public static Decision<RosterChange> Accept(
        Roster roster, string hash, string name, PersonId id, DateTimeOffset now, string? browser = null) =>
        !roster.Invitations.TryGetValue(hash, out var invitation) || invitation.ExpiresAt <= now || invitation.Taken is not null
            ? new Refusal("invitation.over", "This invitation was used, withdrawn or is too old. Ask for a new one.")
            : AgainstNames(name, invitation.Email) is { } refusal ? refusal
            : roster.FindByEmail(invitation.Email) is not null ? new Refusal("people.known", "Somebody with this address is here already.")
            : [
                browser is null ? RosterChange.Remove(invitation) : RosterChange.Put(invitation with { Taken = new(id, browser) }),
                RosterChange.Put(new Person(id, name.Trim(), invitation.Email, invitation.Role, now) { Reach = invitation.Reach }),
            ];

    /// <summary>
    /// Who took up this invitation in this browser and has no way to come back yet, or null. Whatever gives or changes a way
    /// in, the role or the reach ends it.
    /// </summary>
    public static Person? Unfinished(Roster roster, string hash, string? browser, DateTimeOffset now) =>
        browser is not null && roster.Invitations.TryGetValue(hash, out var invitation) && invitation.ExpiresAt > now
            && invitation.Taken is { } taken && Hashes.AreEqual(taken.Browser, browser)
            ? roster.People.GetValueOrDefault(taken.Person)
            : null;

    public static Decision<RosterChange> ChangeRole(Roster roster, PersonId id, Role role, Reach reach, DateTimeOffset now) =>
        !roster.People.TryGetValue(id, out var person) ? Nobody
        : person.Role == role && person.Reach.Equals(reach) ? []
        : role != Role.Owner && IsLastOwner(roster, person) ? LastOwner
        : role == Role.Owner && reach.IsLimited ? new Refusal("people.limited_owner", "An owner is not limited to components.", "role")
        : Falling(roster, id, now, "role changed").Append(RosterChange.Put(person with { Role = role, Reach = reach })).ToArray();

    /// <param name="evenLast">At the console, where nobody needs to sign in to make the next owner.</param>
    public static Decision<RosterChange> Remove(Roster roster, PersonId id, DateTimeOffset now, bool evenLast = false) =>
        !roster.People.TryGetValue(id, out var person) ? Nobody
        : !evenLast && IsLastOwner(roster, person) ? LastOwner
        : Falling(roster, id, now, "person removed").Append(RosterChange.Remove(person)).ToArray();

    public static Decision<RosterChange> AddPasskey(Roster roster, PersonId id, Passkey key, DateTimeOffset now) =>
        !roster.People.TryGetValue(id, out var person) ? Nobody
        : person.Passkeys.Length >= PasskeysMax ? new Refusal("passkey.many", $"There are {PasskeysMax} passkeys already; remove one first.")
        : roster.People.Values.Any(other => other.Passkeys.Any(known => known.Id == key.Id)) ? new Refusal("passkey.known", "This passkey is known already.")
        : Renewed(roster, person with { Passkeys = person.Passkeys.Add(key) }, now, "passkey added");

    public static Decision<RosterChange> RemovePasskey(Roster roster, PersonId id, string key, DateTimeOffset now)
    {
        if (!roster.People.TryGetValue(id, out var person) || person.Passkeys.FirstOrDefault(known => known.Id == key) is not { } gone)
        {
            return new Refusal("passkey.unknown", "There is no such passkey.");
        }

        var after = person with { Passkeys = person.Passkeys.Remove(gone) };
        return CanSignIn(after)
            ? Renewed(roster, after, now, "passkey removed")
            : new Refusal("passkey.last", "This is the only way in that you have. Add another passkey, or a password with a code, first.");
    }

    /// <summary>From now on whoever the provider knows by this subject is this person.</summary>
    public static Decision<RosterChange> Bind(Roster roster, PersonId id, ExternalIdentity identity, DateTimeOffset now) =>
        !roster.People.TryGetValue(id, out var person) ? Nobody
        : Renewed(roster, person with { Identities = person.Identities.Add(identity) }, now, "account bound");

    /// <summary>Password and second factor are set together: a password alone opens nothing.</summary>
    public static Decision<RosterChange> SetPassword(
        Roster roster, PersonId id, string password, Totp totp, ImmutableArray<string> recoveryCodes, DateTimeOffset now) =>
        !roster.People.TryGetValue(id, out var person) ? Nobody
        : Renewed(roster, person with { Password = password, Totp = totp, RecoveryCodes = recoveryCodes }, now, "password changed");

    /// <summary>A code that was used is used up, by the same step that lets in.</summary>
    public static Decision<RosterChange> UseStep(Roster roster, PersonId id, long step) =>
        roster.People.TryGetValue(id, out var person) && person.Totp is { } totp && step > totp.LastStep
            ? [RosterChange.Put(person with { Totp = totp with { LastStep = step } })]
            : SignIn.Wrong;

    public static Decision<RosterChange> UseRecoveryCode(Roster roster, PersonId id, string hash) =>
        roster.People.TryGetValue(id, out var person) && person.RecoveryCodes.Contains(hash)
            ? [RosterChange.Put(person with { RecoveryCodes = person.RecoveryCodes.Remove(hash) })]
            : SignIn.Wrong;

    /// <summary>Refused where the key's counter went back meanwhile: two answers to one question, or a copied key.</summary>
    public static Decision<RosterChange> UsePasskey(Roster roster, PersonId id, Passkey used) =>
        roster.People.TryGetValue(id, out var person)
            && person.Passkeys.FirstOrDefault(key => key.Id == used.Id) is { } known
            && (used.Counter > known.Counter || (used.Counter == 0 && known.Counter == 0))
            ? [RosterChange.Put(person with { Passkeys = person.Passkeys.Replace(known, used) })]
            : SignIn.Wrong;

    public static string? Email(string typed)
    {
        var text = typed.Trim().ToLowerInvariant();
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return text.Length <= EmailLengthMax && at > 0 && at == text.LastIndexOf('@') && at < text.Length - 1
            && !text.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '"' or '<' or '>' or ',' or ';')
            ? text
            : null;
    }

    private static Refusal Nobody { get; } = new("people.unknown", "There is no such person.");

    private static Refusal LastOwner { get; } = new("people.last_owner", "This is the only owner who can sign in. Make somebody else an owner first.");

    private static Refusal? AgainstNames(string name, string email) =>
        name.Trim().Length is 0 or > NameLengthMax || name.Any(char.IsControl)
            ? new("people.name", $"Write a name of 1 to {NameLengthMax} characters.", "name")
        : Email(email) != email ? new("people.email", "Write an e-mail address such as ada@example.com.", "email")
        : null;

    private static bool IsLastOwner(Roster roster, Person person) =>
        person.Role == Role.Owner && !roster.People.Values.Any(other => other.Id != person.Id && other.Role == Role.Owner && CanSignIn(other));

    private static Decision<RosterChange> Renewed(Roster roster, Person person, DateTimeOffset now, string because) =>
        Falling(roster, person.Id, now, because).Append(RosterChange.Put(person)).ToArray();

    private static IEnumerable<RosterChange> Falling(Roster roster, PersonId id, DateTimeOffset now, string because) =>
        roster.Sessions.Values.Where(session => session.Person == id).Select(RosterChange.Remove)
            .Concat(roster.Tokens.Values.Where(token => token.Person == id && token.RevokedAt is null)
                .Select(token => RosterChange.Put(token with { RevokedAt = now, RevokedBecause = because })))
            .Concat(roster.Invitations.Values.Where(invitation => invitation.By == id || invitation.Taken?.Person == id).Select(RosterChange.Remove));
}
