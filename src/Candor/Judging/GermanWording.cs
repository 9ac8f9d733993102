using System.Globalization;
using Candor.Languages;
using Candor.State;
using Candor.State.Incidents;
using Monitor = Candor.State.Monitor;

namespace Candor.Judging;

/// <inheritdoc/>
internal sealed class GermanWording() : Wording(Language.German)
{
    public override string Title(IReadOnlyList<Component> affected, Monitor cause, RegionalView? view = null) => Trouble(affected, cause, view, "");

    public override string Opened(
        string title, IReadOnlyList<Component> affected, Monitor cause, RegionalView? view, DateTimeOffset since, DateTimeOffset now, StillAnswers? layers = null)
    {
        if (view is null)
        {
            return Signed($"{title}: {Evidence(cause, since, now)}{(layers is { } known ? $"; {Language.Names.Of(known)}" : "")}.");
        }

        // Candor's own title says it in the same words; the owner's is told first.
        var isOwn = title != Title(affected, cause, view);
        var lead = isOwn ? $"{title}:" : Subject(affected, view);
        return Signed($"{lead} {FromRegions(affected, cause, view)}: {SinceWhen(cause, view, since, now)}.");
    }

    public override string Again(IReadOnlyList<Component> affected, Monitor cause, RegionalView? view, DateTimeOffset since, DateTimeOffset now)
    {
        var title = Trouble(affected, cause, view, " wieder");
        return view is null
            ? Signed($"{title}: {Evidence(cause, since, now)}.")
            : Signed($"{title}: {FromRegions(affected, cause, view)}; {SinceWhen(cause, view, since, now)}.");
    }

    public override string Unstable(IReadOnlyList<Component> affected, Incident incident, DateTimeOffset now)
    {
        var keeps = affected.Count > 1 ? "fallen immer wieder aus und erholen sich" : "fällt immer wieder aus und erholt sich";
        return Signed($"{NamesOf(affected)} {keeps}: {Number(incident.Downtimes.Length)}-mal {Since(incident.StartedAt, now)}.");
    }

    public override string Recovering(IReadOnlyList<Component> affected, DateTimeOffset since, TimeSpan watch, bool slowly, DateTimeOffset now)
    {
        var (names, many, at) = (NamesOf(affected), affected.Count > 1, Since(since, now));
        return Signed(slowly
            ? $"{names} {(many ? "antworten" : "antwortet")} {at} wieder, aber nicht so gut wie üblich."
            : $"{names} {Works(many)} {at} wieder. Bleibt es {Lasting(watch)} lang so, gilt die Störung als behoben.");
    }

    public override string Resolved(IReadOnlyList<Component> affected, Incident incident, DateTimeOffset since, DateTimeOffset now)
    {
        var total = InAll(incident, since);
        var after = incident.Downtimes.Length > 1
            ? $"nach {Number(incident.Downtimes.Length)} Ausfällen, die zusammen {Lasting(total)} dauerten"
            : $"nach {Language.Spans.Bent(total)} Ausfall";
        return Signed($"{NamesOf(affected)} {Works(affected.Count > 1)} {Since(since, now)} wieder, {after}.");
    }

    public override string NoLongerWatched() =>
        Signed("Was hier ausgefallen war, wird nicht mehr überwacht. Die Störung wird geschlossen, ohne dass eine Erholung zu sehen war.");

    public override string NoLongerShown() =>
        Signed("Was hier ausgefallen war, gehört nicht mehr zu dieser Seite. Die Störung wird geschlossen, ohne dass eine Erholung zu sehen war.");

    public override string Followed(IReadOnlyList<Component> left) => Signed(left.Count > 1
        ? $"{NamesOf(left)} sind weiterhin gestört und werden ab jetzt als eigene Störung geführt."
        : $"{NamesOf(left)} ist weiterhin gestört und wird ab jetzt als eigene Störung geführt.");

    public override string Changed(IReadOnlyList<(Component Component, IReadOnlyList<ComponentImpact> Impacts)> changed, DateTimeOffset now) =>
        Signed(string.Join(' ', changed.SelectMany(one => Changes(one.Component, one.Impacts, now))));

    public override string Layered(Component component, StillAnswers layers) => Signed(
        $"{component.Definition.Name}: {Language.Names.Of(layers)}.{(layers == StillAnswers.Cache ? " Was davon zu sehen ist, kann veraltet sein." : "")}");

    public override string Counted(int bad, int of) => $"{Number(bad)} von {Number(of)}";

    public override string Lasting(TimeSpan time) => Language.Spans.Words(time);

    public override string Clock(DateTimeOffset at, DateTimeOffset now) => at.UtcDateTime.Date == now.UtcDateTime.Date
        ? at.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)
        : $"{Language.Dates.Short(at.ToUniversalTime())}, {at.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)}";

    /// <summary>A day needs its article: "seit 09:54 UTC" and "seit dem 29. Feb. 2024, 09:54 UTC".</summary>
    private string Since(DateTimeOffset at, DateTimeOffset now) => $"{(at.UtcDateTime.Date == now.UtcDateTime.Date ? "seit" : "seit dem")} {Clock(at, now)}";

    public override string Names(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "Was ausgefallen war,",
        1 => names[0],
        2 => $"{names[0]} und {names[1]}",
        3 => $"{names[0]}, {names[1]} und {names[2]}",
        _ => $"{names[0]}, {names[1]} und {Number(names.Count - 2)} weitere",
    };

    private IEnumerable<string> Changes(Component component, IReadOnlyList<ComponentImpact> impacts, DateTimeOffset now) =>
        impacts.Any(static impact => impact.Region is not null)
            ? impacts.Select(impact => $"{component.Definition.Name} {Condition(impact.Status, $"in {impact.Region} {Since(impact.At, now)}")}.")
            : [$"{component.Definition.Name} {Condition(component.State.Status, $"{Since(component.Since, now)}")}."];

    /// <summary>"Ein Teil von Startseite antwortet von eu und us aus wieder nicht".</summary>
    private string Trouble(IReadOnlyList<Component> affected, Monitor cause, RegionalView? view, string again)
    {
        var from = view is null ? "" : $" von {Names([.. view.Out.Select(static one => one.Region)])} aus";
        return $"{Subject(affected, view)} {Verb(affected, cause, view)}{from}{again} nicht";
    }

    private string Subject(IReadOnlyList<Component> affected, RegionalView? view)
    {
        var names = NamesOf(affected);
        return !IsPartly(affected, view) ? names : affected.Count > 1 ? $"Teile von {names}" : $"Ein Teil von {names}";
    }

    private static string Verb(IReadOnlyList<Component> affected, Monitor cause, RegionalView? view) => !IsSilent(cause, view) ? Works(affected.Count > 1)
        : affected.Count > 1 ? "antworten"
        : "antwortet";

    private static string Works(bool many) => many ? "funktionieren" : "funktioniert";

    private string Evidence(Monitor cause, DateTimeOffset since, DateTimeOffset now)
    {
        var evidence = cause.Evidence;
        var reason = evidence is { Reason.Length: > 0 } ? $"{Language.Reason(evidence.Reason, cause.Definition.Check.SpeaksForOthers)}, " : "";
        return evidence?.Places is { } places
            ? $"{reason}{FromPlaces(places)}, {Since(since, now)}"
            : $"{reason}{Since(since, now)} von {PlacesOf(evidence?.Bad ?? 1, evidence?.Configured ?? 1)} festgestellt";
    }

    /// <summary>"von eu und us aus gestört, von local aus in Ordnung".</summary>
    private string FromPlaces(IReadOnlyList<PlaceSight> places) => string.Join(", ", ByVerdict(places.Select(static sight => (sight.Saw, sight.Place.Value)))
        .Select(static group => $"von {group.Names} aus {Seen(group.Saw)}"));

    /// <summary>"antwortet von eu (2 von 2 Messstellen) aus nicht; antwortet von us aus; von asia aus unbekannt".</summary>
    private string FromRegions(IReadOnlyList<Component> affected, Monitor cause, RegionalView view)
    {
        var verb = Verb(affected, cause, view);
        return string.Join("; ", ByVerdict(Sights(view, seen => $"{seen.Region} ({Counted(seen.Bad, seen.Configured)} Messstellen)"))
            .Select(group => InWords(group.Saw, verb, $"von {group.Names} aus")));
    }

    private static string PlacesOf(int bad, int all) => all == 1 ? "1 Messstelle" : $"{Number(bad)} der {Number(all)} Messstellen";

    private static string InWords(Verdict verdict, string verb, string from) => verdict switch
    {
        Verdict.Down => $"{verb} {from} nicht",
        Verdict.Degraded => $"{verb} {from} nicht immer",
        Verdict.Up => $"{verb} {from}",
        _ => $"{from} unbekannt",
    };

    private string SinceWhen(Monitor cause, RegionalView view, DateTimeOffset since, DateTimeOffset now) =>
        $"{(view.ReasonOf(cause) is { Length: > 0 } reason ? $"{Language.Reason(reason, cause.Definition.Check.SpeaksForOthers)}, " : "")}{Since(since, now)}";

    private static string Seen(Verdict verdict) => verdict switch
    {
        Verdict.Down => "gestört",
        Verdict.Degraded => "langsam",
        Verdict.Up => "in Ordnung",
        _ => "unbekannt",
    };

    private static string Condition(ComponentStatus status, string since) => status switch
    {
        ComponentStatus.MajorOutage => $"ist {since} ausgefallen",
        ComponentStatus.PartialOutage => $"ist {since} teilweise ausgefallen",
        ComponentStatus.DegradedPerformance => $"funktioniert {since} nicht so gut wie üblich",
        ComponentStatus.UnderMaintenance => $"wird {since} gewartet",
        _ => $"funktioniert {since} wieder",
    };

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
