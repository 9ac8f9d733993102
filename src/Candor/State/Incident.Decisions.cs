using System.Collections.Immutable;
using Candor.Journal;

namespace Candor.State;

/// <summary>A person begins an incident.</summary>
/// <param name="Components">The components that are affected, and how.</param>
internal sealed record OpenIncident(
    string Title, string Body, IncidentStatus Status, ImmutableArray<(ComponentId Component, ComponentStatus Status)> Components)
{
    /// <summary>When readers' trouble began, where that was before now.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public Impact? ImpactOverride { get; init; }
}

/// <summary>A person says something in an incident.</summary>
/// <param name="Status">The new status, or null to keep it.</param>
internal sealed record PostUpdate(
    IncidentStatus? Status, string Body, ImmutableArray<(ComponentId Component, ComponentStatus Status)> Components)
{
    /// <summary>When the words were meant for, where that was before now.</summary>
    public DateTimeOffset? DisplayAt { get; init; }
}

/// <summary>
/// What people may do with incidents, decided against the facts: events, or a refusal that says what to do instead.
/// Nothing that a person posts changes what is measured; a component that nothing measures takes the person's word.
/// </summary>
internal static class IncidentDecisions
{
    public const int TitleLimit = 200;
    public const int BodyLimit = 25_000;

    public static Decision<Event> Open(World world, DateTimeOffset at, IncidentId id, OpenIncident wish)
    {
        var started = wish.StartedAt ?? at;
        var refusal = world.Incidents.ContainsKey(id)
                ? new("incident_exists", $"There is an incident {id} already; post an update to it instead.", "id")
            : Text("title", wish.Title, TitleLimit)
            ?? Text("body", wish.Body, BodyLimit)
            ?? Known(world, wish.Components)
            ?? NotAfter(at, started, "starts_in_future", "An incident cannot begin in the future; give an earlier time.", "started_at");
        if (refusal is not null)
        {
            return refusal;
        }

        return Decision.Of<Event>(
        [
            new IncidentOpened(
                at, id, wish.Title.Trim(), started, Automatic: false, Published: true, wish.Body, Impacts(wish.Components, started))
            {
                Status = wish.Status,
                ImpactOverride = wish.ImpactOverride,
            },
            .. TakeWord(world, at, started, wish.Components),
        ]);
    }

    public static Decision<Event> Post(World world, DateTimeOffset at, IncidentId id, PostUpdate wish)
    {
        if (!world.Incidents.TryGetValue(id, out var incident))
        {
            return Missing(id);
        }

        var displayAt = wish.DisplayAt ?? at;
        var refusal = Text("body", wish.Body, BodyLimit)
            ?? Known(world, wish.Components)
            ?? MayBecome(incident, wish.Status)
            ?? NotAfter(at, displayAt, "in_future", "An update cannot be dated in the future; give an earlier time.", "display_at");
        if (refusal is not null)
        {
            return refusal;
        }

        var updated = new IncidentUpdated(
            at, id, incident.Updates.Length + 1, wish.Status, wish.Body, Automatic: false, Impacts(wish.Components, displayAt))
        {
            DisplayAt = wish.DisplayAt,
        };
        return Decision.Of<Event>(
            [updated, .. TakeWord(world, at, displayAt, wish.Components), .. EndOfMeasuring(incident, wish.Status, at)]);
    }

    public static Decision<Event> Resolve(
        World world, DateTimeOffset at, IncidentId id, string body,
        ImmutableArray<(ComponentId Component, ComponentStatus Status)> components) =>
        world.Incidents.TryGetValue(id, out var incident) && !incident.IsOpen
            ? new Refusal("already_resolved", $"Incident {id} is resolved already; post an update or a postmortem instead.", "status")
            : Post(world, at, id, new(IncidentStatus.Resolved, body, components));

    /// <summary>Lets readers see an incident that automation kept for a person to confirm.</summary>
    public static Decision<Event> Publish(World world, DateTimeOffset at, IncidentId id) =>
        world.Incidents.TryGetValue(id, out var incident) switch
        {
            false => Missing(id),
            true when incident!.Published => Array.Empty<Event>(),
            true => new Event[] { new IncidentPublished(at, id) },
        };

    private static Refusal Missing(IncidentId id) =>
        new("no_such_incident", $"There is no incident {id}; list the incidents to see their ids.", "id");

    private static Refusal? Text(string field, string text, int limit) => text.Trim() switch
    {
        "" => new("empty", $"The {field} says nothing; write what readers should know.", field),
        { Length: var length } when length > limit =>
            new("too_long", $"The {field} has {length} characters; at most {limit} are shown, so shorten it.", field),
        _ => null,
    };

    private static Refusal? Known(World world, ImmutableArray<(ComponentId Component, ComponentStatus Status)> named)
    {
        foreach (var (component, _) in named)
        {
            if (!world.Components.ContainsKey(component))
            {
                return new(
                    "no_such_component", $"There is no component {component}; list the components to see their ids.", "components");
            }
        }

        return null;
    }

    private static Refusal? NotAfter(DateTimeOffset now, DateTimeOffset at, string code, string sentence, string field) =>
        at > now ? new(code, sentence, field) : null;

    private static Refusal? MayBecome(Incident incident, IncidentStatus? status) => (incident.IsOpen, status) switch
    {
        (true, IncidentStatus.Postmortem) =>
            new("still_open", "A postmortem follows the resolution; resolve the incident first.", "status"),
        _ => null,
    };

    private static ImmutableArray<ComponentImpact> Impacts(
        ImmutableArray<(ComponentId Component, ComponentStatus Status)> named, DateTimeOffset from) =>
        [.. named.Select(entry => new ComponentImpact(entry.Component, entry.Status, from))];

    private static IEnumerable<Event> TakeWord(
        World world,
        DateTimeOffset at,
        DateTimeOffset since,
        ImmutableArray<(ComponentId Component, ComponentStatus Status)> named) =>
        from entry in named
        let component = world.Components[entry.Component]
        where !world.MonitorsOf(component.Definition).Any() && component.State != new ComponentState(entry.Status)
        select new ComponentStateChanged(at, entry.Component, since, new(entry.Status), null);

    private static IEnumerable<Event> EndOfMeasuring(Incident incident, IncidentStatus? status, DateTimeOffset at) =>
        status == IncidentStatus.Resolved && incident.Downtimes is [.., { Ended: null } last]
            ? [new DowntimeEnded(at, incident.Id, last.Began > at ? last.Began : at)]
            : [];
}
