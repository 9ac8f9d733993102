using System.Collections.Immutable;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages;

/// <summary>A small page that watches itself at work: Frontend (Homepage, Login) and Mail, each with a monitor.</summary>
internal static class MadeUpWorld
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static readonly ComponentId Frontend = new("frontend0000");
    public static readonly ComponentId Homepage = new("homepage0000");
    public static readonly ComponentId Login = new("login0000000");
    public static readonly ComponentId Mail = new("mail00000000");

    public static World Well() => World.Empty.After(Facts());

    public static IEnumerable<Event> Facts() =>
    [
        new PageConfigured(Start, new Page("heroncopier0", "Heron Copier", "UTC") { Url = "https://status.example.com" }),
        new ComponentAdded(Start, new(Frontend, "Frontend", null, 0)),
        .. Watched(Homepage, "Homepage", Frontend, 0),
        .. Watched(Login, "Login", Frontend, 1),
        .. Watched(Mail, "Mail", null, 1),
    ];

    public static IEnumerable<Event> Watched(ComponentId id, string name, ComponentId? parent, int order)
    {
        var monitor = new MonitorId(name.ToLowerInvariant());
        yield return new MonitorAdded(Start, new(
            monitor, new("http", "https://example.com/", "{}"), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10), JudgingRules.Default));
        yield return new ComponentAdded(Start, new(id, name, parent, order) { Monitors = [monitor] });
        yield return new MonitorJudged(Start, monitor, Verdict.Up, Start, new(0, 1, 1, "", Start));
        yield return new ComponentStateChanged(Start, id, Start, new(ComponentStatus.Operational), null);
    }

    public static ImmutableArray<Event> Down(ComponentId component, DateTimeOffset at, string reason = "connection refused") =>
        [new ComponentStateChanged(at, component, at, new(ComponentStatus.MajorOutage), reason)];

    public static IncidentOpened Opened(string id, DateTimeOffset at, string title, params ComponentId[] affected) => new(
        at, new(id), title, at, Automatic: false, Published: true, "We are looking into it.",
        [.. affected.Select(component => new ComponentImpact(component, ComponentStatus.MajorOutage, at))]);

    public static IncidentUpdated Updated(
        string id, int seq, DateTimeOffset at, IncidentStatus? status, string body, params ComponentImpact[] changes) =>
        new(at, new(id), seq, status, body, Automatic: false, [.. changes]);

    public static World After(this World world, params IEnumerable<Event> events) => events.Aggregate(world, World.Fold);
}
