using System.Collections.Immutable;
using Candor.Journal;
using Candor.State.Postmortems;

namespace Candor.State.Incidents;

/// <summary>
/// What people may do with incidents, decided against the facts: events, or a refusal that says what to do instead.
/// Nothing that a person posts changes what is measured; a component that nothing measures takes the person's word.
/// </summary>
internal static partial class IncidentDecisions
{
    /// <summary>As long as Statuspage's, so that what it took is taken here.</summary>
    public const int TitleLimit = 255;

    public const int BodyLimit = 25_000;

    public static Decision<Event> Open(World world, DateTimeOffset at, Actor by, IncidentId id, OpenIncident wish)
    {
        var started = wish.StartedAt ?? at;
        var refusal = Taken(world, id)
            ?? Refusing.Unnamed(by)
            ?? Refusing.Text("title", wish.Title, TitleLimit)
            ?? Refusing.Text("body", wish.Body, BodyLimit)
            ?? Refusing.Unknown(world, wish.Components)
            ?? Refusing.Metadata(wish.Metadata)
            ?? Refusing.UnknownAudience(world, wish.OnlyFor)
            ?? Refusing.After(at, started, "starts_in_future", "An incident cannot begin in the future; give an earlier time, or schedule a maintenance.", "started_at")
            ?? Refusing.After(at, wish.DisplayAt ?? at, "in_future", "An update cannot be dated in the future; give an earlier time.", "display_at")
            ?? MayPromise(at, wish.Status, wish.NextUpdateBy)
            ?? AttachedFiles.Against(null, wish.Files);
        if (refusal is not null)
        {
            return refusal;
        }

        return Decision.Of<Event>(
        [
            new IncidentOpened(
                at, id, wish.Title.Trim(), started, Automatic: false, Published: true, wish.Body,
                PersonsWord.Impacts(wish.Components, started))
            {
                Status = wish.Status,
                ImpactOverride = wish.ImpactOverride,
                DisplayAt = wish.DisplayAt,
                By = by,
                Quiet = !wish.DeliverNotifications,
                NextUpdateBy = wish.NextUpdateBy,
                Metadata = wish.Metadata,
                OnlyFor = [.. wish.OnlyFor.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                Files = wish.Files,
            },
            .. PersonsWord.Take(world, at, started, by, wish.Components),
        ]);
    }

    public static Decision<Event> Post(World world, DateTimeOffset at, Actor by, IncidentId id, PostUpdate wish)
    {
        if (Changeable(world, id, out var incident) is { } no)
        {
            return no;
        }

        var displayAt = wish.DisplayAt ?? at;
        var status = wish.Status ?? incident.Status;
        var refusal = Refusing.Unnamed(by)
            ?? Refusing.Text("body", wish.Body, BodyLimit)
            ?? Refusing.Unknown(world, wish.Components)
            ?? MayBecome(incident, wish.Status)
            ?? Refusing.After(at, displayAt, "in_future", "An update cannot be dated in the future; give an earlier time.", "display_at")
            ?? MayPromise(at, status, wish.NextUpdateBy)
            ?? AttachedFiles.Against(incident, wish.Files);
        if (refusal is not null)
        {
            return refusal;
        }

        return Decision.Of<Event>(
        [
            new IncidentUpdated(
                at, id, incident.Updates.Length + 1, wish.Status, wish.Body, Automatic: false,
                PersonsWord.Impacts(wish.Components, displayAt))
            {
                DisplayAt = wish.DisplayAt,
                By = by,
                Quiet = !wish.DeliverNotifications,
                NextUpdateBy = wish.NextUpdateBy,
                Files = wish.Files,
            },
            .. PersonsWord.Take(world, at, displayAt, by, wish.Components),
            .. EndOfMeasuring(incident, wish.Status, at),
        ]);
    }

    public static Decision<Event> Resolve(
        World world, DateTimeOffset at, Actor by, IncidentId id, string body, ImmutableArray<Affected> components) =>
        world.Incidents.TryGetValue(id, out var incident) && incident.ResolvedAt is not null
            ? new Refusal("already_resolved", $"Incident {id} is resolved already; post an update or a postmortem instead.", "status")
            : Post(world, at, by, id, new(IncidentStatus.Resolved, body, components));

    /// <summary>It is not over after all. The same incident goes on, so that readers find what was said before.</summary>
    public static Decision<Event> Reopen(
        World world, DateTimeOffset at, Actor by, IncidentId id, string body, ImmutableArray<Affected> components) =>
        world.Incidents.TryGetValue(id, out var incident) && incident.IsOpen
            ? new Refusal("still_open", $"Incident {id} is open; post an update instead.", "status")
            : Post(world, at, by, id, new(IncidentStatus.Investigating, body, components));

    /// <summary>Lets readers see an incident that automation kept for a person to confirm. It stays automation's.</summary>
    public static Decision<Event> Publish(World world, DateTimeOffset at, Actor by, IncidentId id) =>
        (Changeable(world, id, out var incident) ?? Refusing.Unnamed(by)) switch
        {
            { } no => no,
            null when incident.Published => Array.Empty<Event>(),
            null => new Event[] { new IncidentPublished(at, id) { By = by } },
        };

    /// <summary>A person leads from here on, without a word to readers yet.</summary>
    public static Decision<Event> TakeOver(World world, DateTimeOffset at, Actor by, IncidentId id) =>
        (Changeable(world, id, out var incident) ?? Refusing.Unnamed(by) ?? Closed(incident)) switch
        {
            { } no => no,
            null when incident.HumanLed => Array.Empty<Event>(),
            null => new Event[] { new IncidentTakenOver(at, id, by) },
        };

    /// <summary>Gives an incident back to automation, which then tells and resolves it by what is measured.</summary>
    public static Decision<Event> Release(World world, DateTimeOffset at, Actor by, IncidentId id) =>
        (Changeable(world, id, out var incident) ?? Refusing.Unnamed(by) ?? Closed(incident) ?? Unmeasured(incident)) switch
        {
            { } no => no,
            null when !incident.HumanLed => Array.Empty<Event>(),
            null => new Event[] { new IncidentReleased(at, id, by) },
        };

    /// <summary>Promises a next word by another moment, or (null) withdraws the promise, without saying anything else.</summary>
    public static Decision<Event> PromiseNextUpdate(
        World world, DateTimeOffset at, Actor by, IncidentId id, DateTimeOffset? nextUpdateBy) =>
        (Changeable(world, id, out var incident) ?? Refusing.Unnamed(by) ?? Closed(incident)
            ?? Refusing.NotAhead(at, nextUpdateBy, "next_update_by")) switch
        {
            { } no => no,
            null when incident.Promise?.DueAt == nextUpdateBy => Array.Empty<Event>(),
            null => new Event[] { new NextUpdatePromised(at, id, nextUpdateBy, by) },
        };

    /// <summary>Refuses whoever saw an older version than the one that is there; null where they saw the newest.</summary>
    public static Refusal? Expect(World world, IncidentId id, int version) =>
        world.Incidents.TryGetValue(id, out var incident) && incident.Version != version
            ? new(
                "version_changed",
                $"Incident {id} is at version {incident.Version} and you saw {version}; read it again and decide anew.",
                "version")
            : null;

    private static Refusal? Taken(World world, IncidentId id) => world.Incidents.ContainsKey(id)
        ? new("incident_exists", $"There is an incident {id} already; post an update to it instead.", "id")
        : null;

    /// <summary>Finds an incident that is there and can still be changed.</summary>
    private static Refusal? Changeable(World world, IncidentId id, out Incident incident)
    {
        if (!world.Incidents.TryGetValue(id, out incident!))
        {
            return new("no_such_incident", $"There is no incident {id}; list the incidents to see their ids.", "id");
        }

        return incident switch
        {
            { Removed: not null } => new("incident_removed", $"Incident {id} was removed; open a new one instead.", "id"),
            { Merged: { } merged } => new("incident_merged", $"Incident {id} went on in {merged.Into}; say it there.", "id"),
            _ => null,
        };
    }

    private static Refusal? Closed(Incident incident) => incident.IsOpen
        ? null
        : new("already_resolved", $"Incident {incident.Id} is resolved; reopen it first.", "status");

    private static Refusal? Unmeasured(Incident incident) => incident.Causes.IsEmpty
        ? new("nothing_measured", $"No monitor is attributed to incident {incident.Id}, so nothing could resolve it; resolve it yourself.", "id")
        : null;

    private static Refusal? MayBecome(Incident incident, IncidentStatus? status) => (incident.IsOpen, status) switch
    {
        (true, IncidentStatus.Postmortem) =>
            new("still_open", "A postmortem follows the resolution; resolve the incident first.", "status"),
        _ => null,
    };

    private static Refusal? MayPromise(DateTimeOffset at, IncidentStatus status, DateTimeOffset? nextUpdateBy) =>
        nextUpdateBy is not null && status is IncidentStatus.Resolved or IncidentStatus.Postmortem
            ? new("nothing_follows", "A resolved incident promises no next update; leave next_update_by out.", "next_update_by")
            : Refusing.NotAhead(at, nextUpdateBy, "next_update_by");

    private static IEnumerable<Event> EndOfMeasuring(Incident incident, IncidentStatus? status, DateTimeOffset at) =>
        status == IncidentStatus.Resolved && incident.Downtimes is [.., { Ended: null } last]
            ? [new DowntimeEnded(at, incident.Id, last.Began > at ? last.Began : at)]
            : [];
}
