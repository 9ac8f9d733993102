using Candor.Pages.Wording;
using Candor.State;

namespace Candor.Pages;

/// <summary>The one truth that the page begins with, as a sentence.</summary>
/// <param name="Lead">"Homepage is down", without its end, so that a moment can follow it.</param>
/// <param name="Since">When that began, or null where nothing is wrong.</param>
/// <param name="Rest">What still works: "3 of 4 other services work." Empty where the lead says it all.</param>
/// <param name="State">The worst of what the lead speaks of.</param>
internal sealed record Headline(string Lead, DateTimeOffset? Since, string Rest, ComponentState State)
{
    private const int Named = 3;

    private static readonly ComponentState Well = new(ComponentStatus.Operational);

    public static Headline Of(Brief brief, IReadOnlyCollection<Standing> roots)
    {
        var all = roots.SelectMany(root => root.Whole).Where(SpeaksForItself).ToList();
        if (all.Count == 0)
        {
            return new("Nothing is watched yet", null, "", ComponentState.NeverSeen);
        }

        var worst = all.Select(standing => standing.State).Aggregate(ComponentState.Worse);
        if (worst == Well)
        {
            return brief.World.Page.FirstRun
                ? new("Candor is running and watches itself", null, "", Well)
                : new(AllWell(all), null, StillOpen(brief.World), Well);
        }

        var subjects = all.Where(standing => Same(standing.State, worst)).ToList();
        return new(
            subjects is [var only] && RegionalLead(brief.World, only) is { } lead ? lead : LeadOf(subjects, all.Count, worst),
            subjects.Min(standing => standing.Since),
            RestOf([.. all.Except(subjects)]),
            worst);
    }

    /// <summary>"Homepage is down since 09:54 UTC (12 min). 3 of 4 other services work."</summary>
    public string Sentence(PageClock clock, DateTimeOffset now)
    {
        var since = Since is { } at ? $" since {clock.Short(at, now)} ({Lasting.Words(now - at)})" : "";
        return Rest.Length == 0 ? $"{Lead}{since}." : $"{Lead}{since}. {Rest}";
    }

    // A group speaks only where it is worse than its parts: it is watched by itself then.
    private static bool SpeaksForItself(Standing standing) =>
        !standing.IsGroup || standing.Parts.All(part => ComponentState.Worse(part.State, standing.State) != part.State);

    private static bool Same(ComponentState a, ComponentState b) => a.Known ? a == b : !b.Known;

    private static string StillOpen(World world)
    {
        var open = world.OpenIncidents.Count(id => world.Incidents[id].Published);
        return open switch
        {
            0 => "",
            1 => "1 incident is still open.",
            _ => $"{open} incidents are still open.",
        };
    }

    private static string AllWell(List<Standing> all) => all.Count switch
    {
        1 => $"{all[0].Name} works",
        2 => "Both services work",
        _ => $"All {all.Count} services work",
    };

    private static string LeadOf(List<Standing> subjects, int total, ComponentState state)
    {
        var everything = subjects.Count == total && total > 1;
        if (!state.Known)
        {
            var any = total == 2 ? "either service" : $"any of the {total} services";
            return everything ? $"We cannot see {any}" : $"We cannot see {Names(subjects)}";
        }

        var verb = subjects.Count == 1 ? "is" : "are";
        var what = state.Status switch
        {
            ComponentStatus.MajorOutage => "down",
            ComponentStatus.PartialOutage => "partly down",
            ComponentStatus.DegradedPerformance => "degraded",
            _ => "under maintenance",
        };
        var all = total == 2 ? "Both" : $"All {total}";
        return everything ? $"{all} services are {what}" : $"{Names(subjects)} {verb} {what}";
    }

    /// <summary>"Checkout is down in eu"; null where it is not so in some of its regions alone.</summary>
    private static string? RegionalLead(World world, Standing subject)
    {
        var regions = subject.RegionsIn(world);
        var outages = regions.Where(static one => one.IsOut).ToList();
        if (outages.Count == 0 || outages.Count == regions.Length)
        {
            return null;
        }

        var how = outages.TrueForAll(static one => one.State.Status == ComponentStatus.PartialOutage) ? "partly down" : "down";
        return $"{subject.Name} is {how} in {Listing.And([.. outages.Select(static one => one.Region)])}";
    }

    private static string Names(List<Standing> subjects) => subjects.Count switch
    {
        1 => subjects[0].Name,
        <= Named => $"{string.Join(", ", subjects.SkipLast(1).Select(s => s.Name))} and {subjects[^1].Name}",
        _ => $"{string.Join(", ", subjects.Take(Named - 1).Select(s => s.Name))} and {subjects.Count - Named + 1} more",
    };

    private static string RestOf(List<Standing> others)
    {
        var work = others.Count(standing => standing.IsWell);
        var unseen = others.Count(standing => !standing.State.Known);
        var tail = unseen == 0 ? "" : $", {unseen} we cannot see";
        return (others.Count, work) switch
        {
            (0, _) => "",
            (1, 1) => "The other service works.",
            (1, 0) => unseen == 1 ? "We cannot see the other service." : "The other service has trouble too.",
            (2, 2) => "Both other services work.",
            var (total, good) when total == good => $"All {total} other services work.",
            var (total, _) when total == unseen => $"We cannot see the other {total} services.",
            (var total, 0) when unseen == 0 => $"The other {total} services have trouble too.",
            (var total, 0) => $"None of the {total} other services works{tail}.",
            var (total, good) => $"{good} of {total} other services work{tail}.",
        };
    }
}
