using Candor.Effects;
using Candor.Journal;

namespace Candor.Access;

/// <summary>Beginning, recognising and ending sessions: decisions about the roster.</summary>
internal static class Sessions
{
    private const int PerPersonMax = 50;
    private const int BrowserLengthMax = 200;
    private static readonly TimeSpan SeenIsNotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>What the cookie gets, and the session to keep. Whoever is over, and the oldest beyond fifty, go.</summary>
    public static (string Secret, Func<Roster, Decision<RosterChange>> Decide) Begin(
        PersonId person, DateTimeOffset now, IRandomness randomness, string browser, string address)
    {
        var secret = Hashes.NewSecret(randomness);
        var session = new Session(Hashes.Of(secret), person, now, now, now)
        {
            Browser = new([.. browser.Where(static c => !char.IsControl(c)).Take(BrowserLengthMax)]),
            Address = address,
        };
        return (secret, roster => !roster.People.ContainsKey(person)
            ? new Refusal("session.nobody", "This person is gone.")
            : new[] { RosterChange.Put(session) }.Concat(Leaving(roster, person, now).Select(RosterChange.Remove)).ToArray());
    }

    /// <summary>Who is signed in with this cookie, or null.</summary>
    public static PersonPrincipal? Recognise(Roster roster, string secret, DateTimeOffset now) =>
        roster.Sessions.TryGetValue(Hashes.Of(secret), out var session) && !session.IsOver(now)
            && roster.People.TryGetValue(session.Person, out var person)
            ? new(person.Id, person.Name, person.Role, person.Reach, session.Hash, session.SteppedUpAt)
            : null;

    public static bool IsWorthNoting(Roster roster, string hash, DateTimeOffset now) =>
        roster.Sessions.TryGetValue(hash, out var session) && now - session.SeenAt >= SeenIsNotedEvery;

    public static Decision<RosterChange> NoteSeen(Roster roster, string hash, DateTimeOffset now) =>
        roster.Sessions.TryGetValue(hash, out var session) && now > session.SeenAt ? [RosterChange.Put(session with { SeenAt = now })] : [];

    /// <summary>The person has just proved who they are once more.</summary>
    public static Decision<RosterChange> StepUp(Roster roster, string hash, DateTimeOffset now) =>
        roster.Sessions.TryGetValue(hash, out var session) ? [RosterChange.Put(session with { SteppedUpAt = now, SeenAt = now })] : [];

    public static Decision<RosterChange> End(Roster roster, string hash) =>
        roster.Sessions.TryGetValue(hash, out var session) ? [RosterChange.Remove(session)] : [];

    private static IEnumerable<Session> Leaving(Roster roster, PersonId person, DateTimeOffset now) => roster.Sessions.Values
        .Where(session => session.IsOver(now))
        .Concat(roster.Sessions.Values.Where(session => session.Person == person && !session.IsOver(now))
            .OrderByDescending(static session => session.SeenAt).Skip(PerPersonMax - 1));
}
