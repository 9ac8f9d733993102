using Candor.Languages;
using Candor.Pages.Phrases;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Pages.Wording;

/// <summary>One moment of an incident: what the page said from then on, and what the monitors saw.</summary>
internal sealed record RetoldMoment(DateTimeOffset At, string Said, string Seen);

/// <summary>An incident told moment by moment: the page beside the monitors.</summary>
internal static class Retelling
{
    /// <summary>What flaps for days is told in so many moments; words are never left out before measurements are.</summary>
    private const int MomentsMax = 100;

    /// <summary>Every moment at which one of the two changed, oldest first.</summary>
    public static IReadOnlyList<RetoldMoment> Of(World world, Incident incident, DateTimeOffset now, Language language)
    {
        var words = Honesty.WordsOf(world, incident);
        var watched = Honesty.WatchedOf(world, incident).ToList();
        var moments = new List<RetoldMoment>();
        foreach (var at in MomentsOf(incident, [.. words.Select(word => word.At)], watched, now))
        {
            var heard = words.Where(word => word.At <= at).Select(word => word.Update).ToList();
            var moment = new RetoldMoment(at, Said(world, heard, at, language), Seen(watched, at, language));
            if (moments.Count == 0 || moments[^1] is var last && (last.Said != moment.Said || last.Seen != moment.Seen || heard.Count > 0 && heard[^1].At == at))
            {
                moments.Add(moment);
            }
        }

        return moments;
    }

    private static IEnumerable<DateTimeOffset> MomentsOf(
        Incident incident, List<DateTimeOffset> words, List<Component> watched, DateTimeOffset now)
    {
        var until = incident.ResolvedAt is { } resolved ? Later(resolved, words.Count == 0 ? resolved : words[^1]) : now;
        var measured = watched
            .SelectMany(component => component.History.Between(incident.StartedAt, until))
            .Select(interval => interval.From)
            .Append(incident.StartedAt)
            .Distinct()
            .Order();
        return words
            .Where(at => at <= now)
            .Take(MomentsMax)
            .Concat(measured.Take(Math.Max(1, MomentsMax - words.Count)))
            .Distinct()
            .Order();
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static string Said(World world, List<IncidentUpdate> heard, DateTimeOffset at, Language language)
    {
        if (heard.Count == 0)
        {
            return PageWords.In(language).Told.NothingYet;
        }

        // What is over is over: of the components only what the last word itself says of them is still being said.
        var telling = heard[^1].Status is IncidentStatus.Resolved or IncidentStatus.Postmortem ? heard[^1..] : heard;
        var states = telling
            .SelectMany(update => update.Components)
            .Where(impact => impact.At <= at)
            .GroupBy(impact => impact.Component)
            .SelectMany(said => LastOf(said).Select(last => (NameOf(world, last, language), new ComponentState(last.Status))))
            .ToList();
        var status = language.Names.Of(heard[^1].Status);
        return states.Count == 0 ? status : $"{status}. {Words(states, language)}";
    }

    /// <summary>The last word on each region of a component; one on all of them makes those before it void.</summary>
    private static IEnumerable<ComponentImpact> LastOf(IEnumerable<ComponentImpact> said)
    {
        var all = said.ToList();
        var whole = all.FindLastIndex(static impact => impact.Region is null);
        return all.Skip(Math.Max(0, whole)).GroupBy(static impact => impact.Region).Select(static region => region.Last());
    }

    private static string NameOf(World world, ComponentImpact said, Language language)
    {
        var name = Summary.NameOf(world, said.Component, language);
        return said.Region is { } region ? PageWords.In(language).Incident.NameIn(name, [region]) : name;
    }

    private static string Seen(List<Component> watched, DateTimeOffset at, Language language) => watched.Count == 0
        ? PageWords.In(language).Told.NoMonitorWatches
        : Words([.. watched.Select(component => (component.Definition.Name, component.History.At(at, ComponentState.NeverSeen)))], language);

    /// <summary>"Major outage: Homepage and Login; Operational: Mail"</summary>
    private static string Words(List<(string Name, ComponentState State)> states, Language language) => string.Join("; ", states
        .GroupBy(one => language.Names.Of(one.State))
        .OrderByDescending(group => group.First().State.Status)
        .Select(group => $"{group.Key}: {language.Lists.AndMore([.. group.Select(one => one.Name)])}"));
}
