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

    public static string Title(IReadOnlyList<Component> affected, string reason)
    {
        var names = Names(affected.Select(component => component.Definition.Name).ToList());
        var plural = affected.Count > 1;
        var partly = affected.All(component => component.State.Status == ComponentStatus.PartialOutage);
        return partly
            ? $"{(plural ? "Parts" : "A part")} of {names} {(plural ? "are" : "is")} {Trouble(reason)}"
            : $"{names} {(plural ? "are" : "is")} {Trouble(reason)}";
    }

    public static string Opened(string title, Monitor cause, DateTimeOffset since, DateTimeOffset now) =>
        $"{title}: {Evidence(cause, since, now)}.\n\n{Signature}";

    public static string Again(string title, Monitor cause, DateTimeOffset since, DateTimeOffset now) =>
        $"{title} again: {Evidence(cause, since, now)}.\n\n{Signature}";

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
    public static string Changed(IReadOnlyList<Component> changed, DateTimeOffset now) =>
        string.Join(' ', changed.Select(component =>
            $"{component.Definition.Name} {Condition(component.State.Status)} since {Clock(component.Since, now)}."))
        + $"\n\n{Signature}";

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
        .OrderBy(static group => group.Key switch { Verdict.Down => 0, Verdict.Degraded => 1, Verdict.Up => 2, _ => 3 })
        .Select(static group => $"{Seen(group.Key)} from {Names([.. group.Select(static sight => sight.Place.Value)])}"));

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
