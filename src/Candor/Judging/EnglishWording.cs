using System.Globalization;
using Candor.Languages;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <inheritdoc/>
internal sealed class EnglishWording() : Wording(Language.English)
{
    public override string Title(IReadOnlyList<Component> affected, Monitor cause, RegionalView? view = null) =>
        view is null
            ? $"{Subject(affected, IsPartly(affected, view))} {Trouble(cause, view)}"
            : $"{Subject(affected, view.IsPartly)} {Trouble(cause, view)} from {Names([.. view.Out.Select(static one => one.Region)])}";

    public override string Opened(
        string title, IReadOnlyList<Component> affected, Monitor cause, RegionalView? view, DateTimeOffset since, DateTimeOffset now, StillAnswers? layers = null)
    {
        if (view is null)
        {
            return Signed($"{title}: {Evidence(cause, since, now)}{(layers is { } known ? $"; {Language.Names.Of(known)}" : "")}.");
        }

        // Candor's own title says it in the same words; the owner's is told first.
        var isOwn = title != Title(affected, cause, view);
        var lead = isOwn ? $"{title}:" : Subject(affected, view.IsPartly);
        return Signed($"{lead} {FromRegions(cause, view)}: {SinceWhen(view.ReasonOf(cause), since, now)}.");
    }

    public override string Again(IReadOnlyList<Component> affected, Monitor cause, RegionalView? view, DateTimeOffset since, DateTimeOffset now)
    {
        var title = Title(affected, cause, view);
        return view is null
            ? Signed($"{title} again: {Evidence(cause, since, now)}.")
            : Signed($"{title} again: {FromRegions(cause, view)}; {SinceWhen(view.ReasonOf(cause), since, now)}.");
    }

    public override string Unstable(IReadOnlyList<Component> affected, Incident incident, DateTimeOffset now)
    {
        var keeps = affected.Count > 1 ? "keep failing and recovering" : "keeps failing and recovering";
        return Signed($"{NamesOf(affected)} {keeps}: {Times(incident.Downtimes.Length)} since {Clock(incident.StartedAt, now)}.");
    }

    public override string Recovering(IReadOnlyList<Component> affected, DateTimeOffset since, TimeSpan watch, bool slowly, DateTimeOffset now)
    {
        var works = (affected.Count > 1, slowly) switch
        {
            (false, false) => "works again",
            (true, false) => "work again",
            (false, true) => "answers again, but not as well as it should,",
            (true, true) => "answer again, but not as well as they should,",
        };
        var next = slowly ? "" : $" If that stays so for {Lasting(watch)}, this is resolved by itself.";
        return Signed($"{NamesOf(affected)} {works} since {Clock(since, now)}.{next}");
    }

    public override string Resolved(IReadOnlyList<Component> affected, Incident incident, DateTimeOffset since, DateTimeOffset now)
    {
        var (works, was) = affected.Count > 1 ? ("work", "They were") : ("works", "It was");
        var total = InAll(incident, since);
        var lasted = incident.Downtimes.Length > 1
            ? $"{was} down {Times(incident.Downtimes.Length)}, {Lasting(total)} in all."
            : $"{was} down for {Lasting(total)}.";
        return Signed($"{NamesOf(affected)} {works} again since {Clock(since, now)}. {lasted}");
    }

    public override string NoLongerWatched() =>
        Signed("What failed here is no longer monitored, so this is closed without having been seen to work.");

    public override string NoLongerShown() =>
        Signed("What failed here is no longer part of this page, so this is closed without having been seen to work.");

    public override string Followed(IReadOnlyList<Component> left) => Signed(
        $"{NamesOf(left)} {(left.Count > 1 ? "are still failing and are" : "is still failing and is")} now followed"
        + $" as an incident of {(left.Count > 1 ? "their" : "its")} own.");

    public override string Changed(IReadOnlyList<(Component Component, IReadOnlyList<ComponentImpact> Impacts)> changed, DateTimeOffset now) =>
        Signed(string.Join(' ', changed.SelectMany(one => Changes(one.Component, one.Impacts, now))));

    public override string Layered(Component component, StillAnswers layers) => Signed(
        $"{component.Definition.Name}: {Language.Names.Of(layers)}.{(layers == StillAnswers.Cache ? " What readers are shown of it may be old." : "")}");

    public override string Counted(int bad, int of) => string.Create(CultureInfo.InvariantCulture, $"{bad} of {of}");

    public override string Lasting(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{Math.Max(0, (int)time.TotalSeconds)} s",
        { TotalMinutes: < 60 } => $"{(int)time.TotalMinutes} min",
        { TotalHours: < 24 } => $"{(int)time.TotalHours}h {time.Minutes}m",
        _ => $"{(int)time.TotalDays}d {time.Hours}h",
    };

    public override string Clock(DateTimeOffset at, DateTimeOffset now) => at.UtcDateTime.Date == now.UtcDateTime.Date
        ? at.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)
        : at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public override string Names(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "What failed",
        1 => names[0],
        2 => $"{names[0]} and {names[1]}",
        3 => $"{names[0]}, {names[1]} and {names[2]}",
        _ => $"{names[0]}, {names[1]} and {names.Count - 2} more",
    };

    private IEnumerable<string> Changes(Component component, IReadOnlyList<ComponentImpact> impacts, DateTimeOffset now) =>
        impacts.Any(static impact => impact.Region is not null)
            ? impacts.Select(impact => $"{component.Definition.Name} {Condition(impact.Status)} in {impact.Region} since {Clock(impact.At, now)}.")
            : [$"{component.Definition.Name} {Condition(component.State.Status)} since {Clock(component.Since, now)}."];

    private static string Trouble(Monitor cause, RegionalView? view) => IsSilent(cause, view) ? "not answering" : "not working";

    private string Evidence(Monitor cause, DateTimeOffset since, DateTimeOffset now)
    {
        var evidence = cause.Evidence;
        var reason = evidence is { Reason.Length: > 0 } ? $"{evidence.Reason}, " : "";
        return evidence?.Places is { } places
            ? $"{reason}{FromPlaces(places)}, since {Clock(since, now)}"
            : $"{reason}seen by {Counted(evidence?.Bad ?? 1, evidence?.Configured ?? 1)} places since {Clock(since, now)}";
    }

    /// <summary>"down from eu and us, up from local".</summary>
    private string FromPlaces(IReadOnlyList<PlaceSight> places) => string.Join(", ", ByVerdict(places.Select(static sight => (sight.Saw, sight.Place.Value)))
        .Select(static group => $"{Seen(group.Saw)} from {group.Names}"));

    /// <summary>"not answering from eu (2 of 2 places); answering from us; unknown from asia".</summary>
    private string FromRegions(Monitor cause, RegionalView view)
    {
        var trouble = Trouble(cause, view);
        return string.Join("; ", ByVerdict(Sights(view, seen => $"{seen.Region} ({Counted(seen.Bad, seen.Configured)} places)"))
            .Select(group => $"{InWords(group.Saw, trouble)} from {group.Names}"));
    }

    private static string InWords(Verdict verdict, string trouble) => verdict switch
    {
        Verdict.Down => trouble,
        Verdict.Degraded => "not always well",
        Verdict.Up => trouble["not ".Length..],
        _ => "unknown",
    };

    private string SinceWhen(string reason, DateTimeOffset since, DateTimeOffset now) =>
        $"{(reason.Length > 0 ? $"{reason}, " : "")}since {Clock(since, now)}";

    private string Subject(IReadOnlyList<Component> affected, bool partly)
    {
        var names = NamesOf(affected);
        var (part, verb) = affected.Count > 1 ? ("Parts", "are") : ("A part", "is");
        return $"{(partly ? $"{part} of " : "")}{names} {verb}";
    }

    private static string Seen(Verdict verdict) => verdict switch
    {
        Verdict.Down => "down",
        Verdict.Degraded => "slow",
        Verdict.Up => "up",
        _ => "unknown",
    };

    private static string Condition(ComponentStatus status) => status switch
    {
        ComponentStatus.MajorOutage => "is down",
        ComponentStatus.PartialOutage => "is partly down",
        ComponentStatus.DegradedPerformance => "does not work as well as it should",
        ComponentStatus.UnderMaintenance => "is under maintenance",
        _ => "works again",
    };

    private static string Times(int count) => count == 2 ? "twice" : $"{count.ToString(CultureInfo.InvariantCulture)} times";
}
