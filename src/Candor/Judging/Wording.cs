using System.Collections.Immutable;
using System.Globalization;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <summary>What automation says to readers: plain, short, what is affected, since when, and that nobody typed it.</summary>
internal static class Wording
{
    /// <summary>Ends every text, so that it is said wherever a text goes alone: Statuspage's API, a mail, a chat.</summary>
    public const string Signature = "This was detected automatically.";

    private static readonly string[] Silent =
        ["connection", "timed out", "no answer", "no route", "unreachable", "refused", "reset", "closed", "does not answer"];

    /// <param name="view">Which regions fail, where not all of it does; else null.</param>
    public static string Title(IReadOnlyList<Component> affected, string reason, RegionalView? view = null) =>
        view is null
            ? $"{Subject(affected, affected.All(component => component.State.Status == ComponentStatus.PartialOutage))} {Trouble(reason)}"
            : $"{Subject(affected, view.IsPartly)} {Trouble(reason)} from {Names([.. view.Out.Select(static one => one.Region)])}";

    /// <param name="layers">What the ways to look say together, if anything.</param>
    public static string Opened(
        string title, IReadOnlyList<Component> affected, Monitor cause, RegionalView? view, DateTimeOffset since, DateTimeOffset now, string? layers = null)
    {
        if (view is null)
        {
            return $"{title}: {Evidence(cause, since, now)}{(layers is null ? "" : $"; {layers}")}.\n\n{Signature}";
        }

        // Candor's own title says it in the same words; the owner's is told first.
        var isOwn = title != Title(affected, view.ReasonOf(cause), view);
        var lead = isOwn ? $"{title}:" : Subject(affected, view.IsPartly);
        return $"{lead} {FromRegions(cause, view)}: {SinceWhen(view.ReasonOf(cause), since, now)}.\n\n{Signature}";
    }

    public static string Again(string title, Monitor cause, RegionalView? view, DateTimeOffset since, DateTimeOffset now) => view is null
        ? $"{title} again: {Evidence(cause, since, now)}.\n\n{Signature}"
        : $"{title} again: {FromRegions(cause, view)}; {SinceWhen(view.ReasonOf(cause), since, now)}.\n\n{Signature}";

    public static string Unstable(IReadOnlyList<Component> affected, Incident incident, DateTimeOffset now)
    {
        var keeps = affected.Count > 1 ? "keep failing and recovering" : "keeps failing and recovering";
        return $"{NamesOf(affected)} {keeps}: {Times(incident.Downtimes.Length)} since {Clock(incident.StartedAt, now)}."
            + $"\n\n{Signature}";
    }

    public static string Recovering(
        IReadOnlyList<Component> affected, DateTimeOffset since, TimeSpan watch, bool slowly, DateTimeOffset now)
    {
        var works = (affected.Count > 1, slowly) switch
        {
            (false, false) => "works again",
            (true, false) => "work again",
            (false, true) => "answers again, but not as well as it should,",
            (true, true) => "answer again, but not as well as they should,",
        };
        var next = slowly ? "" : $" If that stays so for {Lasting(watch)}, this is resolved by itself.";
        return $"{NamesOf(affected)} {works} since {Clock(since, now)}.{next}\n\n{Signature}";
    }

    public static string Resolved(IReadOnlyList<Component> affected, Incident incident, DateTimeOffset since, DateTimeOffset now)
    {
        var (works, was) = affected.Count > 1 ? ("work", "They were") : ("works", "It was");
        var total = InAll(incident, since);
        var lasted = incident.Downtimes.Length > 1
            ? $"{was} down {Times(incident.Downtimes.Length)}, {Lasting(total)} in all."
            : $"{was} down for {Lasting(total)}.";
        return $"{NamesOf(affected)} {works} again since {Clock(since, now)}. {lasted}\n\n{Signature}";
    }

    /// <summary>The measured trouble within an incident, added up; what has not ended ends at <paramref name="since"/>.</summary>
    public static TimeSpan InAll(Incident incident, DateTimeOffset since) => incident.Downtimes.Aggregate(
        TimeSpan.Zero, (sum, downtime) => sum + Positive((downtime.Ended ?? since) - downtime.Began));

    public static string NoLongerWatched() =>
        $"What failed here is no longer monitored, so this is closed without having been seen to work.\n\n{Signature}";

    public static string NoLongerShown() =>
        $"What failed here is no longer part of this page, so this is closed without having been seen to work.\n\n{Signature}";

    public static string Followed(IReadOnlyList<Component> left) =>
        $"{NamesOf(left)} {(left.Count > 1 ? "are still failing and are" : "is still failing and is")} now followed"
        + $" as an incident of {(left.Count > 1 ? "their" : "its")} own.\n\n{Signature}";

    /// <summary>What changed for components while the incident goes on: "Login is down since 09:58 UTC."</summary>
    public static string Changed(IReadOnlyList<(Component Component, IReadOnlyList<ComponentImpact> Impacts)> changed, DateTimeOffset now) =>
        string.Join(' ', changed.SelectMany(one => Changes(one.Component, one.Impacts, now))) + $"\n\n{Signature}";

    /// <summary>What the ways to look at a component say together, once that is known: "Homepage: the cache still answers, …".</summary>
    public static string Layered(Component component, string layers) =>
        $"{component.Definition.Name}: {layers}.{(layers == Layers.CacheAlone ? " What readers are shown of it may be old." : "")}\n\n{Signature}";

    private static IEnumerable<string> Changes(Component component, IReadOnlyList<ComponentImpact> impacts, DateTimeOffset now) =>
        impacts.Any(static impact => impact.Region is not null)
            ? impacts.Select(impact => $"{component.Definition.Name} {Condition(impact.Status)} in {impact.Region} since {Clock(impact.At, now)}.")
            : [$"{component.Definition.Name} {Condition(component.State.Status)} since {Clock(component.Since, now)}."];

    /// <summary>"40 s", "12 min", "6h 19m", "2d 4h".</summary>
    public static string Lasting(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{Math.Max(0, (int)time.TotalSeconds)} s",
        { TotalMinutes: < 60 } => $"{(int)time.TotalMinutes} min",
        { TotalHours: < 24 } => $"{(int)time.TotalHours}h {time.Minutes}m",
        _ => $"{(int)time.TotalDays}d {time.Hours}h",
    };

    /// <summary>"09:54 UTC", with the day where it is not today's. Stored words outlive every setting, so they are in UTC.</summary>
    public static string Clock(DateTimeOffset at, DateTimeOffset now) => at.UtcDateTime.Date == now.UtcDateTime.Date
        ? at.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)
        : at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string NamesOf(IReadOnlyList<Component> components) =>
        Names(components.Select(component => component.Definition.Name).ToList());

    private static string Names(List<string> names) => names.Count switch
    {
        0 => "What failed",
        1 => names[0],
        2 => $"{names[0]} and {names[1]}",
        3 => $"{names[0]}, {names[1]} and {names[2]}",
        _ => $"{names[0]}, {names[1]} and {names.Count - 2} more",
    };

    private static string Trouble(string reason) =>
        Silent.Any(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase)) ? "not answering" : "not working";

    private static string Evidence(Monitor cause, DateTimeOffset since, DateTimeOffset now)
    {
        var evidence = cause.Evidence;
        var reason = evidence is { Reason.Length: > 0 } ? $"{evidence.Reason}, " : "";
        return evidence?.Places is { } places
            ? $"{reason}{FromPlaces(places)}, since {Clock(since, now)}"
            : $"{reason}seen by {evidence?.Bad ?? 1} of {evidence?.Configured ?? 1} places since {Clock(since, now)}";
    }

    /// <summary>"down from eu and us, up from local".</summary>
    private static string FromPlaces(IReadOnlyList<PlaceSight> places) => string.Join(", ", places
        .GroupBy(static sight => sight.Saw)
        .OrderBy(static group => Order(group.Key))
        .Select(static group => $"{Seen(group.Key)} from {Names([.. group.Select(static sight => sight.Place.Value)])}"));

    /// <summary>"not answering from eu (2 of 2 places); answering from us; unknown from asia".</summary>
    private static string FromRegions(Monitor cause, RegionalView view)
    {
        var trouble = Trouble(view.ReasonOf(cause));
        return string.Join("; ", view.Seen.Select(static seen => (Saw: seen.Saw, Name: Counted(seen)))
            .Concat(view.Elsewhere.Select(static sight => (sight.Saw, Name: sight.Place.Value)))
            .GroupBy(static one => one.Saw)
            .OrderBy(static group => Order(group.Key))
            .Select(group => $"{InWords(group.Key, trouble)} from {Names([.. group.Select(static one => one.Name)])}"));
    }

    private static string Counted(RegionSight seen) => seen is { Saw: Verdict.Down or Verdict.Degraded, Configured: > 1 }
        ? $"{seen.Region} ({seen.Bad} of {seen.Configured} places)"
        : seen.Region;

    private static string InWords(Verdict verdict, string trouble) => verdict switch
    {
        Verdict.Down => trouble,
        Verdict.Degraded => "not always well",
        Verdict.Up => trouble["not ".Length..],
        _ => "unknown",
    };

    private static string SinceWhen(string reason, DateTimeOffset since, DateTimeOffset now) =>
        $"{(reason.Length > 0 ? $"{reason}, " : "")}since {Clock(since, now)}";

    private static string Subject(IReadOnlyList<Component> affected, bool partly)
    {
        var names = NamesOf(affected);
        var (part, verb) = affected.Count > 1 ? ("Parts", "are") : ("A part", "is");
        return $"{(partly ? $"{part} of " : "")}{names} {verb}";
    }

    private static int Order(Verdict verdict) => verdict switch { Verdict.Down => 0, Verdict.Degraded => 1, Verdict.Up => 2, _ => 3 };

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

    private static TimeSpan Positive(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
