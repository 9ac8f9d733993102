using Candor.Journal;

namespace Candor.State.Incidents;

/// <summary>Putting right what was said, visibly.</summary>
internal static partial class IncidentDecisions
{
    public static Decision<Event> Rename(World world, DateTimeOffset at, Actor by, IncidentId id, string title) =>
        (Changeable(world, id, out var incident) ?? Refusing.Unnamed(by) ?? Refusing.Text("title", title, TitleLimit)) switch
        {
            { } no => no,
            null when incident.Title == title.Trim() => Array.Empty<Event>(),
            null => new Event[] { new IncidentRenamed(at, id, title.Trim(), by) },
        };

    /// <summary>Sets the impact by hand, or (null) leaves it to the components again.</summary>
    public static Decision<Event> OverrideImpact(World world, DateTimeOffset at, Actor by, IncidentId id, Impact? impact) =>
        (Changeable(world, id, out var incident) ?? Refusing.Unnamed(by)) switch
        {
            { } no => no,
            null when incident.ImpactOverride == impact => Array.Empty<Event>(),
            null => new Event[] { new IncidentImpactSet(at, id, impact, by) },
        };

    /// <summary>Replaces what other tools keep with the incident.</summary>
    public static Decision<Event> SetMetadata(World world, DateTimeOffset at, Actor by, IncidentId id, string? metadata) =>
        (Changeable(world, id, out var incident) ?? Refusing.Unnamed(by) ?? Refusing.Metadata(metadata)) switch
        {
            { } no => no,
            null when incident.Metadata == metadata => Array.Empty<Event>(),
            null => new Event[] { new IncidentMetadataSet(at, id, metadata, by) },
        };

    /// <summary>Corrects when the trouble began; readers see that and what it was said to be before.</summary>
    public static Decision<Event> Backdate(World world, DateTimeOffset at, Actor by, IncidentId id, DateTimeOffset startedAt) =>
        (Changeable(world, id, out var incident) ?? Refusing.Unnamed(by)
            ?? Refusing.After(at, startedAt, "starts_in_future", "An incident cannot begin in the future; give an earlier time.", "started_at")
            ?? Refusing.After(incident.ResolvedAt ?? at, startedAt, "starts_after_end", "It cannot begin after it was resolved; give an earlier time.", "started_at")) switch
        {
            { } no => no,
            null when incident.StartedAt == startedAt => Array.Empty<Event>(),
            null => new Event[] { new IncidentBackdated(at, id, startedAt, by) },
        };

    /// <summary>Moves the beginning to where late readings show it.</summary>
    public static Decision<Event> MoveStart(World world, DateTimeOffset at, Actor by, IncidentId id) =>
        world.Incidents.GetValueOrDefault(id) is { } incident && !(incident.EarlierStart?.StartedAt < incident.StartedAt)
            ? new Refusal("nothing_earlier", $"No readings show that incident {id} began earlier; give the time at which it began.", "started_at")
            : Backdate(world, at, by, id, world.Incidents.GetValueOrDefault(id)?.EarlierStart?.StartedAt ?? at);

    /// <summary>Edits an update. The old words stay readable beside it.</summary>
    public static Decision<Event> Edit(World world, DateTimeOffset at, Actor by, IncidentId id, EditUpdate wish)
    {
        var no = Changeable(world, id, out var incident) ?? Refusing.Unnamed(by) ?? Readable(incident, wish.Seq)
            ?? (wish.Body is { } text ? Refusing.Text("body", text, BodyLimit) : null)
            ?? Refusing.After(at, wish.DisplayAt ?? at, "in_future", "An update cannot be dated in the future; give an earlier time.", "display_at");
        if (no is not null)
        {
            return no;
        }

        var update = incident.Updates[wish.Seq - 1];
        var body = wish.Body ?? update.Body;
        return body == update.Body && (wish.DisplayAt ?? update.DisplayAt) == update.DisplayAt
            ? Array.Empty<Event>()
            : new Event[] { new UpdateEdited(at, id, wish.Seq, body, wish.Typo, by) { DisplayAt = wish.DisplayAt } };
    }

    /// <summary>Takes an update away as a mistake; its place says so, since when and why.</summary>
    public static Decision<Event> RemoveUpdate(World world, DateTimeOffset at, Actor by, IncidentId id, int seq, string reason) =>
        (Changeable(world, id, out var incident) ?? Refusing.Unnamed(by) ?? Readable(incident, seq)
            ?? Refusing.Text("reason", reason, Refusing.ReasonLimit)) switch
        {
            { } no => no,
            null => new Event[] { new UpdateRemoved(at, id, seq, reason.Trim(), by) },
        };

    /// <summary>Takes a whole incident away as a mistake; its place says so, since when and why.</summary>
    public static Decision<Event> Remove(World world, DateTimeOffset at, Actor by, IncidentId id, string reason) =>
        (Changeable(world, id, out var incident) ?? Refusing.Unnamed(by) ?? Refusing.Text("reason", reason, Refusing.ReasonLimit)) switch
        {
            { } no => no,
            null => Decision.Of<Event>(
            [
                .. EndOfMeasuring(incident, IncidentStatus.Resolved, at),
                new IncidentRemoved(at, id, reason.Trim(), by),
            ]),
        };

    private static Refusal? Readable(Incident incident, int seq) => seq switch
    {
        < 1 => new("no_such_update", "Updates are numbered from 1; give the number of one.", "seq"),
        _ when seq > incident.Updates.Length =>
            new("no_such_update", $"Incident {incident.Id} has {incident.Updates.Length} updates; give a number up to that.", "seq"),
        _ when !incident.Updates[seq - 1].IsReadable =>
            new("update_removed", $"Update {seq} was taken away already; post a new one instead.", "seq"),
        _ => null,
    };
}
