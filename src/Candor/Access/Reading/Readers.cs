using Candor.Effects;
using Candor.Journal;

namespace Candor.Access.Reading;

/// <summary>Who may read what is not for everybody: decisions about the roster.</summary>
internal static class Readers
{
    /// <summary>Of one audience; the oldest go first, so that nobody can fill the memory with sessions.</summary>
    private const int SessionsMax = 20_000;

    private static readonly Refusal LinkOver = new(
        "link.over", "This link was used, withdrawn or is too old. Ask whoever sent it for a new one.");

    /// <summary>The session behind a cookie, as long as it lasts and its way in is still there.</summary>
    public static ReaderSession? Recognise(Roster roster, ReaderDoors doors, string hash, DateTimeOffset now, Func<ReaderDoor, string?> proofOf) =>
        roster.ReaderSessions.TryGetValue(hash, out var session) && !session.IsOver(now) && doors.Open(session, proofOf) ? session : null;

    /// <summary>What the cookie gets, and the session to keep.</summary>
    public static (string Secret, Func<Roster, Decision<RosterChange>> Decide) Begin(
        Func<string, ReaderSession> make, DateTimeOffset now, IRandomness randomness)
    {
        var secret = Hashes.NewSecret(randomness);
        var session = make(Hashes.Of(secret));
        return (secret, roster => Decision.Of([RosterChange.Put(session), .. Leaving(roster, session.Audience, now).Select(RosterChange.Remove)]));
    }

    public static Decision<RosterChange> End(Roster roster, string hash) =>
        roster.ReaderSessions.TryGetValue(hash, out var session) ? [RosterChange.Remove(session)] : [];

    public static Decision<RosterChange> Invite(Roster roster, ReaderLink link, DateTimeOffset now) =>
        link.Email is { } email && People.Email(email) != email
            ? new Refusal("people.email", "Write an e-mail address such as ada@example.com.", "email")
            : Decision.Of(roster.ReaderLinks.Values
                .Where(old => old.ExpiresAt <= now || (link.Email is not null && old.Email == link.Email && old.Audience == link.Audience))
                .Select(RosterChange.Remove).Append(RosterChange.Put(link)).ToArray());

    /// <summary>Uses a link up and begins a session, in one step: of any number who try at once one gets in.</summary>
    public static Decision<RosterChange> UseLink(Roster roster, string hash, ReaderDoors doors, ReaderSession session, DateTimeOffset now) =>
        Good(roster, hash, doors, now) is { Email: null } link && link.Audience == session.Audience
            ? [RosterChange.Remove(link), RosterChange.Put(session)]
            : LinkOver;

    /// <summary>The same for somebody who chose a password with it. Whoever had one before loses their sessions.</summary>
    public static Decision<RosterChange> Join(Roster roster, string hash, ReaderDoors doors, Member member, ReaderSession session, DateTimeOffset now) =>
        Good(roster, hash, doors, now) is { } link && link.Email == member.Email && link.Audience == member.Audience
            ? Decision.Of([
                RosterChange.Remove(link), .. SessionsOf(roster, member.Audience, member.Email).Select(RosterChange.Remove),
                RosterChange.Put(member), RosterChange.Put(session),
            ])
            : LinkOver;

    /// <summary>A link as long as it can be used.</summary>
    public static ReaderLink? Good(Roster roster, string hash, ReaderDoors doors, DateTimeOffset now) =>
        roster.ReaderLinks.TryGetValue(hash, out var link) && link.ExpiresAt > now && doors.Find(link.Audience) is { } door
            && (link.Email is null ? door.Links : door.Members)
            ? link
            : null;

    /// <summary>A member with their sessions and links.</summary>
    public static Decision<RosterChange> Remove(Roster roster, string audience, string email)
    {
        var changes = SessionsOf(roster, audience, email).Select(RosterChange.Remove)
            .Concat(roster.ReaderLinks.Values.Where(link => link.Audience == audience && link.Email == email).Select(RosterChange.Remove))
            .Concat(roster.Members.TryGetValue(Member.KeyOf(audience, email), out var member) ? [RosterChange.Remove(member)] : [])
            .ToArray();
        return changes.Length == 0 ? new Refusal("reader.unknown", $"Nobody with this address reads what is for {audience}.", "email") : Decision.Of(changes);
    }

    /// <summary>Every session and link of an audience; members may sign in again.</summary>
    public static Decision<RosterChange> EndAll(Roster roster, string audience) => Decision.Of(
        roster.ReaderSessions.Values.Where(session => session.Audience == audience).Select(RosterChange.Remove)
            .Concat(roster.ReaderLinks.Values.Where(link => link.Audience == audience).Select(RosterChange.Remove)).ToArray());

    private static IEnumerable<ReaderSession> SessionsOf(Roster roster, string audience, string email) =>
        roster.ReaderSessions.Values.Where(session => session.Audience == audience && session.Email == email);

    private static IEnumerable<ReaderSession> Leaving(Roster roster, string audience, DateTimeOffset now) => roster.ReaderSessions.Values
        .Where(session => session.IsOver(now))
        .Concat(roster.ReaderSessions.Values.Where(session => session.Audience == audience && !session.IsOver(now))
            .OrderByDescending(static session => session.StartedAt).Skip(SessionsMax - 1));
}
