using Candor.Pages.Phrases;
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
    /// <summary>What of the sentence stands behind the moment: " ausgefallen". Empty in English.</summary>
    public string Tail { get; init; } = "";

    private static readonly ComponentState Well = new(ComponentStatus.Operational);

    public static Headline Of(Brief brief, IReadOnlyCollection<Standing> roots, HeadlineWords words)
    {
        var all = roots.SelectMany(root => root.Whole).Where(SpeaksForItself).ToList();
        if (all.Count == 0)
        {
            return new(words.NothingWatched, null, "", ComponentState.NeverSeen);
        }

        var worst = all.Select(standing => standing.State).Aggregate(ComponentState.Worse);
        if (worst == Well)
        {
            return brief.World.Page.FirstRun
                ? new(words.WatchesItself, null, "", Well)
                : new(words.AllWork(all[0].Name, all.Count), null, StillOpen(brief.World, words), Well);
        }

        var subjects = all.Where(standing => Same(standing.State, worst)).ToList();
        var others = all.Except(subjects).ToList();
        var (lead, tail) = subjects is [var only] && RegionalLead(brief.World, only, words) is { } regional
            ? regional
            : LeadOf(subjects, all.Count, worst, words);
        return new(
            lead,
            subjects.Min(standing => standing.Since),
            words.Rest(others.Count, others.Count(standing => standing.IsWell), others.Count(standing => !standing.State.Known)),
            worst) { Tail = tail };
    }

    /// <summary>"Homepage is down since 09:54 UTC (12 min). 3 of 4 other services work."</summary>
    public string Sentence(PageClock clock, DateTimeOffset now)
    {
        (string At, string For)? since = Since is { } at ? (clock.Short(at, now), clock.Language.Spans.Words(now - at)) : null;
        var first = PageWords.In(clock.Language).Headline.Sentence(this, since);
        return Rest.Length == 0 ? first : $"{first} {Rest}";
    }

    // A group speaks only where it is worse than its parts: it is watched by itself then.
    private static bool SpeaksForItself(Standing standing) =>
        !standing.IsGroup || standing.Parts.All(part => ComponentState.Worse(part.State, standing.State) != part.State);

    private static bool Same(ComponentState a, ComponentState b) => a.Known ? a == b : !b.Known;

    private static string StillOpen(World world, HeadlineWords words) =>
        world.OpenIncidents.Count(id => world.Incidents[id].Published) is > 0 and var open ? words.StillOpen(open) : "";

    private static (string Lead, string Tail) LeadOf(List<Standing> subjects, int total, ComponentState state, HeadlineWords words)
    {
        var everything = subjects.Count == total && total > 1;
        IReadOnlyList<string> names = [.. subjects.Select(static subject => subject.Name)];
        return (state.Known, everything) switch
        {
            (false, true) => words.NoneSeen(total),
            (false, false) => words.NotSeen(names),
            (true, true) => words.AllAre(total, state.Status),
            (true, false) => words.Are(names, state.Status),
        };
    }

    /// <summary>"Checkout is down in eu"; null where it is not so in some of its regions alone.</summary>
    private static (string Lead, string Tail)? RegionalLead(World world, Standing subject, HeadlineWords words)
    {
        var regions = subject.RegionsIn(world);
        var outages = regions.Where(static one => one.IsOut).ToList();
        if (outages.Count == 0 || outages.Count == regions.Length)
        {
            return null;
        }

        var partly = outages.TrueForAll(static one => one.State.Status == ComponentStatus.PartialOutage);
        return words.IsOutIn(subject.Name, [.. outages.Select(static one => one.Region)], partly);
    }
}
