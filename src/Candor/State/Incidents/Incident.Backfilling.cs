using System.Collections.Immutable;
using Candor.Journal;
using Candor.State.Postmortems;

namespace Candor.State.Incidents;

/// <summary>Entering incidents of the past.</summary>
internal static partial class IncidentDecisions
{
    /// <summary>
    /// Enters an incident that is told already, with all that was said in it. It is dated wholly in the past and nobody
    /// is notified; components keep their statuses, because what they were then says nothing of now.
    /// </summary>
    public static Decision<Event> Backfill(World world, DateTimeOffset at, Actor by, IncidentId id, BackfillIncident wish)
    {
        if ((Taken(world, id) ?? Refusing.Unnamed(by) ?? Past(world, at, wish)) is { } no)
        {
            return no;
        }

        var (first, rest) = (wish.Updates[0], wish.Updates.Skip(1));
        return Decision.Of<Event>(
        [
            new IncidentOpened(
                at, id, wish.Title.Trim(), wish.StartedAt, Automatic: false, Published: true, first.Body,
                [.. wish.Components, .. PersonsWord.Impacts(first.Components, first.At)])
            {
                Status = first.Status ?? IncidentStatus.Investigating,
                ImpactOverride = wish.ImpactOverride,
                By = by,
                Quiet = true,
                DisplayAt = first.At,
                Backfilled = true,
                Metadata = wish.Metadata,
                Origin = wish.Origin,
            },
            .. rest.Select((update, i) => new IncidentUpdated(
                at, id, i + 2, update.Status, update.Body, Automatic: false, PersonsWord.Impacts(update.Components, update.At))
            {
                DisplayAt = update.At,
                By = by,
                Quiet = true,
            }),
            .. wish.Downtimes.SelectMany(downtime => Stretch(at, id, downtime)),
            .. wish.Postmortem is { } said ? Published(at, by, id, said) : [],
        ]);
    }

    private static IEnumerable<Event> Stretch(DateTimeOffset at, IncidentId id, Downtime downtime) => downtime.Ended is { } ended
        ? [new DowntimeBegan(at, id, downtime.Began), new DowntimeEnded(at, id, ended)]
        : [new DowntimeBegan(at, id, downtime.Began)];

    /// <summary>Why an incident of the past cannot be entered, apart from the components it names; null where it can.</summary>
    public static Refusal? Against(World world, DateTimeOffset at, BackfillIncident wish) =>
        Past(world, at, wish with { Components = [], Updates = [.. wish.Updates.Select(update => update with { Components = [] })] })
        ?? (wish.Components.IsEmpty ? null : Refusing.After(at, wish.Components.Max(change => change.At), "in_future", "A component changes in the future; give earlier times.", "components"));

    private static IEnumerable<Event> Published(DateTimeOffset at, Actor by, IncidentId id, PastPostmortem said) =>
    [
        new PostmortemDrafted(at, id, said.Sections, by),
        new PostmortemPublished(at, id, by) { Quiet = true, DisplayAt = said.At },
    ];

    private static Refusal? Past(World world, DateTimeOffset at, BackfillIncident wish)
    {
        if (wish.Updates.IsEmpty)
        {
            return new("empty", "The incident says nothing; give at least one update.", "updates");
        }

        var moments = wish.Updates.Select(update => update.At)
            .Concat(wish.Components.Select(change => change.At))
            .Concat(wish.Postmortem is { } said ? [said.At] : [])
            .Concat(wish.Downtimes.Select(downtime => downtime.Ended ?? downtime.Began));
        return (wish is { Origin: { } origin, OriginIsFree: false } && world.Incidents.Values.FirstOrDefault(other => other.Origin == origin) is { } made
                ? new Refusal("already_made", $"Incident {made.Id} was made from {origin} already; change that one.", "origin")
                : null)
            ?? Refusing.Text("title", wish.Title, TitleLimit)
            ?? wish.Updates.Select(update => Refusing.Text("body", update.Body, BodyLimit)).FirstOrDefault(no => no is not null)
            ?? Refusing.Unknown(world, wish.Updates.SelectMany(update => update.Components), past: true)
            ?? Refusing.Unknown(world, wish.Components.Select(change => new Affected(change.Component, change.Status, change.Region)), past: true)
            ?? Refusing.Metadata(wish.Metadata)
            ?? (wish.Postmortem is { } postmortem ? PostmortemDecisions.Text(postmortem.Sections) : null)
            ?? Refusing.After(at, wish.StartedAt, "in_future", "What is backfilled lies wholly in the past; give an earlier time.", "started_at")
            ?? Refusing.After(at, moments.Max(), "in_future", "What is backfilled lies wholly in the past; give earlier times.", "updates")
            ?? (IsOrdered(wish.Updates) ? null : new Refusal("not_in_order", "The updates are not oldest first; sort them by time.", "updates"))
            ?? (wish.Downtimes.All(downtime => downtime.Ended is not { } ended || ended >= downtime.Began)
                ? null
                : new Refusal("ends_before_start", "A downtime ends before it begins; swap the two times.", "downtimes"));
    }

    private static bool IsOrdered(ImmutableArray<PastUpdate> updates) =>
        !updates.Zip(updates.Skip(1)).Any(pair => pair.Second.At < pair.First.At);
}
