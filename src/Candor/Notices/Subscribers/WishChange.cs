using System.Collections.Immutable;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>One thing that somebody is told differently, named as the column of a list, in the words of operators.</summary>
internal sealed record WishChange(string Field, string Before, string After)
{
    private const string OfThePage = "the page's";

    /// <summary>What is different, in the order of the columns. Pure.</summary>
    public static IReadOnlyList<WishChange> Between(World world, Subscriber there, SubscriberWishes after) =>
    [
        .. Fields(world, there.Wishes, there.IsTold).Zip(Fields(world, after, isTold: true))
            .Where(static pair => pair.First.Value != pair.Second.Value)
            .Select(static pair => new WishChange(pair.First.Name, pair.First.Value, pair.Second.Value)),
    ];

    private static ImmutableArray<(string Name, string Value)> Fields(World world, SubscriberWishes wishes, bool isTold) =>
    [
        ("components", About(world, wishes)),
        ("incidents", wishes.Incidents.IsEmpty ? "none" : string.Join("; ", wishes.Incidents.Select(static id => id.Value))),
        ("minimum_impact", wishes.MinimumImpact.ToString().ToLowerInvariant()),
        ("maintenance", YesOrNo(wishes.Maintenance)),
        ("time_zone", wishes.TimeZone ?? OfThePage),
        ("language", wishes.Language ?? OfThePage),
        ("digest", wishes.Digest.ToString().ToLowerInvariant()),
        ("reminders", YesOrNo(wishes.Reminders)),
        ("state", isTold ? "active" : "unconfirmed"),
    ];

    private static string About(World world, SubscriberWishes wishes) =>
        wishes.OnlyIncidents ? "single incidents alone"
        : wishes.Components.IsEmpty ? "the whole page"
        : string.Join("; ", wishes.Components.Select(id => world.Components.GetValueOrDefault(id)?.Definition.Name ?? id.Value));

    private static string YesOrNo(bool value) => value ? "yes" : "no";
}
