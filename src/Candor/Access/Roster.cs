using System.Collections.Immutable;
using Candor.Access.Agents;
using Candor.Access.Reading;

namespace Candor.Access;

/// <summary>
/// Everybody and everything that may come in, as one immutable value: what people.db holds. A request looks here and never
/// at the disk, so taking something away is in force with the next look.
/// </summary>
internal sealed record Roster
{
    public static readonly Roster Empty = new();

    public ImmutableDictionary<PersonId, Person> People { get; private init; } = ImmutableDictionary<PersonId, Person>.Empty;

    public ImmutableDictionary<string, Session> Sessions { get; private init; } = Named<Session>();

    public ImmutableDictionary<TokenId, ApiToken> Tokens { get; private init; } = ImmutableDictionary<TokenId, ApiToken>.Empty;

    public ImmutableDictionary<string, Invitation> Invitations { get; private init; } = Named<Invitation>();

    /// <summary>Readers of what is not for everybody.</summary>
    public ImmutableDictionary<string, ReaderSession> ReaderSessions { get; private init; } = Named<ReaderSession>();

    public ImmutableDictionary<string, ReaderLink> ReaderLinks { get; private init; } = Named<ReaderLink>();

    public ImmutableDictionary<string, Member> Members { get; private init; } = Named<Member>();

    /// <summary>Agents by their places.</summary>
    public ImmutableDictionary<string, Agent> Agents { get; private init; } = Named<Agent>();

    public static Roster Of(IEnumerable<Entry> entries) => Empty.With(entries.Select(RosterChange.Put));

    public Roster With(IEnumerable<RosterChange> changes) => changes.Aggregate(this, static (roster, change) => roster.With(change));

    public Person? FindByEmail(string email) => People.Values.FirstOrDefault(person => person.Email == email);

    /// <summary>Whether what a principal came by still holds.</summary>
    public bool Has(Principal who) => who switch
    {
        PersonPrincipal => Sessions.ContainsKey(who.Credential),
        TokenPrincipal token => Tokens.TryGetValue(token.Id, out var kept) && kept.RevokedAt is null,
        _ => false,
    };

    private Roster With(RosterChange change) => (change.Kind, change.Now) switch
    {
        (_, Person person) => this with { People = People.SetItem(person.Id, person) },
        (_, Session session) => this with { Sessions = Sessions.SetItem(session.Hash, session) },
        (_, ApiToken token) => this with { Tokens = Tokens.SetItem(token.Id, token) },
        (_, Invitation invitation) => this with { Invitations = Invitations.SetItem(invitation.Hash, invitation) },
        (_, ReaderSession session) => this with { ReaderSessions = ReaderSessions.SetItem(session.Hash, session) },
        (_, ReaderLink link) => this with { ReaderLinks = ReaderLinks.SetItem(link.Hash, link) },
        (_, Member member) => this with { Members = Members.SetItem(member.Key, member) },
        (_, Agent agent) => this with { Agents = Agents.SetItem(agent.Key, agent) },
        ("agent", null) => this with { Agents = Agents.Remove(change.Key) },
        ("person", null) => this with { People = People.Remove(new(change.Key)) },
        ("session", null) => this with { Sessions = Sessions.Remove(change.Key) },
        ("token", null) => this with { Tokens = Tokens.Remove(new(change.Key)) },
        ("invitation", null) => this with { Invitations = Invitations.Remove(change.Key) },
        ("reader_session", null) => this with { ReaderSessions = ReaderSessions.Remove(change.Key) },
        ("reader_link", null) => this with { ReaderLinks = ReaderLinks.Remove(change.Key) },
        ("member", null) => this with { Members = Members.Remove(change.Key) },
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "A kind of row without a place."),
    };

    private static ImmutableDictionary<string, T> Named<T>() => ImmutableDictionary.Create<string, T>(StringComparer.Ordinal);
}
