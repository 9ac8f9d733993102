using System.Collections.Immutable;
using Candor.Journal;

namespace Candor.State.Incidents;

/// <summary>Making one incident of two, and two of one.</summary>
internal static partial class IncidentDecisions
{
    /// <summary>
    /// Ends an incident as part of another one. Whoever was told that it is open is told where it goes on; the other one
    /// takes its causes and the components that it did not name yet.
    /// </summary>
    public static Decision<Event> Merge(World world, DateTimeOffset at, Actor by, IncidentId id, MergeIncident wish)
    {
        var gone = Changeable(world, wish.Into, out var into);
        var no = Changeable(world, id, out var incident)
            ?? gone
            ?? Refusing.Unnamed(by)
            ?? (id == wish.Into ? new Refusal("same_incident", "An incident cannot be merged into itself; name another one.", "into") : null)
            ?? Closed(into)
            ?? OtherReaders(world, incident, into)
            ?? (wish.Body is { } text ? Refusing.Text("body", text, BodyLimit) : null);
        if (no is not null)
        {
            return no;
        }

        var named = into.AffectedComponents.ToHashSet();
        var lasting = incident.Downtimes is [.., { Ended: null } last] ? last : (Downtime?)null;
        return Decision.Of<Event>(
        [
            new IncidentUpdated(
                at, wish.Into, into.Updates.Length + 1, null, wish.Body ?? $"“{incident.Title}” is part of this and is followed here from now on.",
                Automatic: false, [.. incident.Components.Where(change => !named.Contains(change.Component))])
            {
                By = by,
                Quiet = !wish.DeliverNotifications,
                // What was promised still holds: this word is about another one's words.
                NextUpdateBy = into.Promise?.DueAt > at ? into.Promise.DueAt : null,
            },
            .. EndOfMeasuring(incident, IncidentStatus.Resolved, at),
            .. incident.IsOpen ? [Moved(world, at, by, incident, into, wish)] : Array.Empty<Event>(),
            new IncidentMerged(at, id, wish.Into, by),
            .. lasting is { } trouble && into.Downtimes is not [.., { Ended: null }]
                ? [new DowntimeBegan(at, wish.Into, trouble.Began)]
                : Array.Empty<Event>(),
        ]);
    }

    /// <summary>
    /// Takes updates and components out of an incident into one of their own. Where they stood, the old one says where
    /// they went; the new one begins with them, dated as they were.
    /// </summary>
    public static Decision<Event> Split(World world, DateTimeOffset at, Actor by, IncidentId id, SplitIncident wish)
    {
        var no = Changeable(world, id, out var incident)
            ?? Refusing.Unnamed(by)
            ?? Taken(world, wish.NewId)
            ?? Refusing.Text("title", wish.Title, TitleLimit)
            ?? Parts(incident, wish);
        if (no is not null)
        {
            return no;
        }

        var moving = incident.Updates.Where(update => wish.Seqs.Contains(update.Seq)).ToList();
        var impacts = incident.Components.Where(change => wish.Components.Contains(change.Component)).ToImmutableArray();
        var causes = CausesOf(world, incident, wish.Components);
        var first = wish.Body is { } body ? new(1, at, incident.Status, false, body, Automatic: false, []) : moving[0];
        var rest = wish.Body is null ? moving.Skip(1) : moving;
        var began = impacts.Select(change => change.At).Concat(moving.Select(update => update.DisplayAt)).Append(at).Min();
        return Decision.Of<Event>(
        [
            new IncidentOpened(at, wish.NewId, wish.Title.Trim(), began, Automatic: false, incident.Published, first.Body, impacts)
            {
                Status = first.Status,
                Causes = causes,
                By = by,
                Quiet = !wish.DeliverNotifications,
                DisplayAt = first.DisplayAt == at ? null : first.DisplayAt,
                OnlyFor = incident.OnlyFor,
                SplitFrom = id,
                Files = first.Files,
            },
            .. rest.Select((update, i) => Copied(at, wish, update, i + 2)),
            new IncidentSplit(at, id, wish.NewId, [.. moving.Select(update => update.Seq)], wish.Components, causes, by),
        ]);
    }

    /// <summary>Each of the two says what the other is called.</summary>
    private static Refusal? OtherReaders(World world, Incident incident, Incident into) =>
        world.ReadersOf(incident).AsSpan().SequenceEqual(world.ReadersOf(into).AsSpan())
            ? null
            : new("other_readers", "These incidents are for different readers, and each would tell of the other; name one that is for the same.", "into");

    private static IncidentUpdated Moved(World world, DateTimeOffset at, Actor by, Incident incident, Incident into, MergeIncident wish) => new(
        at, incident.Id, incident.Updates.Length + 1, IncidentStatus.Resolved,
        StoredWords.Of(world.Page).GoesOnIn(into.Title), Automatic: false, [])
    {
        By = by,
        Quiet = !wish.DeliverNotifications,
    };

    private static IncidentUpdated Copied(DateTimeOffset at, SplitIncident wish, IncidentUpdate update, int seq) => new(
        at, wish.NewId, seq, update.KeepsStatus ? null : update.Status, update.Body, update.Automatic, [])
    {
        DisplayAt = update.DisplayAt,
        By = update.By,
        Quiet = true,
        Files = update.Files,
    };

    private static Refusal? Parts(Incident incident, SplitIncident wish)
    {
        if (wish.Body is null && wish.Seqs.IsEmpty)
        {
            return new("empty", "The new incident would say nothing; name updates that move, or write its first words.", "body");
        }

        if (wish.Body is { } body && Refusing.Text("body", body, BodyLimit) is { } no)
        {
            return no;
        }

        foreach (var seq in wish.Seqs)
        {
            if (Readable(incident, seq) is { } gone)
            {
                return gone;
            }
        }

        var named = incident.AffectedComponents.ToHashSet();
        foreach (var component in wish.Components.Where(component => !named.Contains(component)))
        {
            return new("not_affected", $"Incident {incident.Id} does not name component {component}; name one that it does.", "components");
        }

        return incident.Updates.All(update => !update.IsReadable || wish.Seqs.Contains(update.Seq))
            ? new("nothing_left", "Nothing would be left of the old incident; rename it instead.", "seqs")
            : null;
    }

    /// <summary>Monitors of the components that move, unless one that stays has them too.</summary>
    private static ImmutableArray<MonitorId> CausesOf(World world, Incident incident, ImmutableArray<ComponentId> moving)
    {
        var staying = incident.AffectedComponents.Except(moving).ToList();
        HashSet<MonitorId> Of(IEnumerable<ComponentId> ids) => [.. ids
            .Where(world.Components.ContainsKey)
            .SelectMany(id => world.MonitorsOf(world.Components[id].Definition))
            .Select(monitor => monitor.Id)];
        var kept = Of(staying);
        var moved = Of(moving);
        return [.. incident.Causes.Where(cause => moved.Contains(cause) && !kept.Contains(cause))];
    }
}
