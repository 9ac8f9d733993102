using Candor.Access;
using Candor.Access.Reading;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>
/// Who reads what is not for everybody, as Statuspage tells it: audiences come from the settings, their members from the
/// roster. Pure.
/// </summary>
internal sealed class ReaderShapes(World world, Roster roster, ReaderDoors doors)
{
    private readonly V1Shapes shapes = new(world);

    public IEnumerable<V1ReaderGroup> Groups => doors.All.Select(GroupOf);

    public IEnumerable<V1Reader> Readers => Memberships.Select(static one => one.Email).Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal).Select(email => ReaderOf(email));

    /// <summary>Whoever is invited counts: an operator has let them in, and they are taken out the same way.</summary>
    private IEnumerable<(string Email, string Audience, DateTimeOffset? Since)> Memberships => doors.All.Where(static door => door.Members).SelectMany(
        door => roster.Members.Values.Where(one => one.Audience == door.Audience).Select(static one => (one.Email, one.Audience, (DateTimeOffset?)one.Since))
            .Concat(roster.ReaderLinks.Values.Where(one => one.Audience == door.Audience && one.Email is not null)
                .Select(static one => (one.Email!, one.Audience, (DateTimeOffset?)null))));

    public ReaderDoor? Door(string id) => doors.All.FirstOrDefault(door => IdOfGroup(door.Audience) == id);

    public V1ReaderGroup? Group(string id) => Door(id) is { } door ? GroupOf(door) : null;

    public V1Reader? Reader(string id) => Readers.FirstOrDefault(one => one.Id == id);

    public V1Reader ReaderOf(string email, IReadOnlyList<V1Invitation>? invitations = null)
    {
        var theirs = Memberships.Where(one => one.Email == email).ToList();
        var audiences = theirs.Select(static one => one.Audience).Distinct(StringComparer.Ordinal).ToList();
        var since = theirs.Min(static one => one.Since) ?? world.LatestAt;
        return new(
            IdOfReader(email), world.Page.Id, email, ExternalLogin: null,
            audiences is [var first, ..] ? IdOfGroup(first) : null, [.. audiences.Select(IdOfGroup)],
            [.. ComponentsOf(audiences).Select(static one => one.Id)], MetricsOf(audiences), since, since,
            new([.. theirs.Where(static one => one.Since is not null).Select(static one => IdOfGroup(one.Audience))], invitations));
    }

    /// <summary>What somebody in these audiences gets to see.</summary>
    public IEnumerable<V1Component> ComponentsOf(IReadOnlyCollection<string> audiences) => shapes.Components.Where(
        one => audiences.Any(audience => world.OpensPage(audience) && world.Shows(new ComponentId(one.Id), audience)));

    public IReadOnlyList<string> MetricsOf(IReadOnlyCollection<string> audiences) => audiences.Any(world.OpensPage)
        ? [.. world.Metrics.Values.Where(static one => one.Definition.IsShown).Select(static one => one.Definition.Id.Value).Order(StringComparer.Ordinal)]
        : [];

    public IReadOnlyCollection<string> AudiencesOf(V1Reader reader) =>
        [.. doors.All.Select(static door => door.Audience).Where(audience => reader.PageAccessGroupIds.Contains(IdOfGroup(audience)))];

    /// <summary>Tools take ids of 12 letters and digits; the name stays what people read.</summary>
    public static string IdOfGroup(string audience) => DerivedId.Of("audience " + audience);

    public static string IdOfReader(string email) => DerivedId.Of("reader " + email);

    private V1ReaderGroup GroupOf(ReaderDoor door) => new(
        IdOfGroup(door.Audience), world.Page.Id, door.Audience,
        [.. Memberships.Where(one => one.Audience == door.Audience).Select(static one => one.Email).Distinct(StringComparer.Ordinal).Select(IdOfReader)],
        ExternalIdentifier: null, MetricsOf([door.Audience]), [.. ComponentsOf([door.Audience]).Select(static one => one.Id)],
        world.LatestAt, world.LatestAt);
}
