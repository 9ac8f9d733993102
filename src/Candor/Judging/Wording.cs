using Candor.Languages;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>
/// What automation says to readers: plain, short, what is affected, since when, and that nobody typed it. A class for each
/// language; the journal keeps what was said as it was said, whatever the page speaks later.
/// </summary>
internal abstract class Wording(Language language)
{
    public static readonly Wording English = new EnglishWording();

    private static readonly Wording German = new GermanWording();

    private static readonly string[] Silence =
        ["connection", "timed out", "no answer", "no route", "unreachable", "refused", "reset", "closed", "does not answer"];

    public Language Language { get; } = language;

    /// <summary>In the language that the page speaks now.</summary>
    public static Wording Of(Page page) => Language.Of(page.Language).In(English, German);

    /// <param name="view">Which regions fail, where not all of it does; else null.</param>
    public abstract string Title(IReadOnlyList<Component> affected, Monitor cause, RegionalView? view = null);

    /// <param name="layers">What still answers, where that is known.</param>
    public abstract string Opened(
        string title, IReadOnlyList<Component> affected, Monitor cause, RegionalView? view, DateTimeOffset since, DateTimeOffset now, StillAnswers? layers = null);

    /// <summary>It fails again, in an incident that was thought to be over.</summary>
    public abstract string Again(IReadOnlyList<Component> affected, Monitor cause, RegionalView? view, DateTimeOffset since, DateTimeOffset now);

    public abstract string Unstable(IReadOnlyList<Component> affected, Incident incident, DateTimeOffset now);

    /// <param name="slowly">It works, and not as well as it should.</param>
    public abstract string Recovering(IReadOnlyList<Component> affected, DateTimeOffset since, TimeSpan watch, bool slowly, DateTimeOffset now);

    public abstract string Resolved(IReadOnlyList<Component> affected, Incident incident, DateTimeOffset since, DateTimeOffset now);

    public abstract string NoLongerWatched();

    public abstract string NoLongerShown();

    public abstract string Followed(IReadOnlyList<Component> left);

    /// <summary>What changed for components while the incident goes on: "Login is down since 09:58 UTC."</summary>
    public abstract string Changed(IReadOnlyList<(Component Component, IReadOnlyList<ComponentImpact> Impacts)> changed, DateTimeOffset now);

    /// <summary>What the ways to look at a component say together, once that is known: "Homepage: the cache still answers, …".</summary>
    public abstract string Layered(Component component, StillAnswers layers);

    /// <summary>"1 of 3".</summary>
    public abstract string Counted(int bad, int of);

    /// <summary>"40 s", "12 min", "6h 19m", "2d 4h".</summary>
    public abstract string Lasting(TimeSpan time);

    /// <summary>"09:54 UTC", with the day where it is not today's. Stored words outlive every setting, so they are in UTC.</summary>
    public abstract string Clock(DateTimeOffset at, DateTimeOffset now);

    /// <summary>"A, B and 2 more".</summary>
    public abstract string Names(IReadOnlyList<string> names);

    public string NamesOf(IReadOnlyList<Component> components) => Names([.. components.Select(static component => component.Definition.Name)]);

    /// <summary>The measured trouble within an incident, added up; what has not ended ends at <paramref name="since"/>.</summary>
    public static TimeSpan InAll(Incident incident, DateTimeOffset since) => incident.Downtimes.Aggregate(
        TimeSpan.Zero, (sum, downtime) => sum + Positive((downtime.Ended ?? since) - downtime.Began));

    /// <summary>Whether a text says this, in whatever language.</summary>
    public static bool Says(string text, StillAnswers layers) => Language.All.Any(language => text.Contains(language.Names.Of(layers), StringComparison.Ordinal));

    /// <summary>Every text ends with it, so that it is said wherever a text goes alone: Statuspage's API, a mail, a chat.</summary>
    protected string Signed(string text) => $"{text}\n\n{Language.Signature}";

    protected static string ReasonOf(Monitor cause, RegionalView? view) => view?.ReasonOf(cause) ?? cause.Evidence?.Reason ?? "";

    /// <summary>
    /// It does not answer at all, by what a probe said; else it answers what it should not. An alert's or a plugin's words
    /// prove neither: "too many connections" is no silence.
    /// </summary>
    protected static bool IsSilent(Monitor cause, RegionalView? view) => !cause.Definition.Check.SpeaksForOthers
        && ReasonOf(cause, view) is var reason && Silence.Any(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase));

    protected static bool IsPartly(IReadOnlyList<Component> affected, RegionalView? view) =>
        view?.IsPartly ?? affected.All(static component => component.State.Status == ComponentStatus.PartialOutage);

    /// <summary>What the places saw, the worst first: each verdict with the names of those that came to it.</summary>
    protected IEnumerable<(Verdict Saw, string Names)> ByVerdict(IEnumerable<(Verdict Saw, string Name)> sights) => sights
        .GroupBy(static one => one.Saw)
        .OrderBy(static group => Order(group.Key))
        .Select(group => (group.Key, Names([.. group.Select(static one => one.Name)])));

    /// <summary>What each region saw of a monitor, and each place that looks from none.</summary>
    protected static IEnumerable<(Verdict Saw, string Name)> Sights(RegionalView view, Func<RegionSight, string> counted) =>
        view.Seen.Select(seen => (seen.Saw, seen is { Saw: Verdict.Down or Verdict.Degraded, Configured: > 1 } ? counted(seen) : seen.Region))
            .Concat(view.Elsewhere.Select(static sight => (sight.Saw, sight.Place.Value)));

    private static int Order(Verdict verdict) => verdict switch { Verdict.Down => 0, Verdict.Degraded => 1, Verdict.Up => 2, _ => 3 };

    private static TimeSpan Positive(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
