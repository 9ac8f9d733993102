using System.Collections.Immutable;
using Candor.Pages;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages;

/// <summary>Briefs as real installations have them, always the same: for pictures, weights, golden files and browsers.</summary>
internal static partial class SampleBriefs
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 6, 12, TimeSpan.Zero);

    private static readonly DateTimeOffset Birth = Now.AddDays(-74).AddHours(-3);

    public static Brief Well() => Read(Facts(), Now.AddSeconds(-12));

    /// <summary>The same where readers may have themselves told.</summary>
    public static Brief Told()
    {
        var brief = Well();
        return brief with
        {
            ToldBy = ["email", "webhook"],
            World = brief.World with { Page = brief.World.Page with { Url = "https://status.heron.example" } },
        };
    }

    public static Brief Outage() => Read([.. Facts(), .. OutageFacts()], Now.AddSeconds(-4));

    /// <summary>The same, and two channels have told of it.</summary>
    public static Brief Notified()
    {
        var topic = Topic.Of(new IncidentId("now000000001"));
        return Read(
            [
                .. Facts(),
                .. OutageFacts(),
                new NoticesHandedOver(Now.AddMinutes(-2), "email", [new(topic, 1, NumberSet.Parse("1-10000"))
                {
                    Late = 9, LateBy = TimeSpan.FromMinutes(12), LateWho = NumberSet.Parse("9992-10000"), Failed = NumberSet.Parse("10413-10415"),
                }]),
                new NoticesHandedOver(Now.AddMinutes(-1), "webhook", [new(topic, 1, NumberSet.Parse("10001-10412"))]),
            ],
            Now.AddSeconds(-4));
    }

    /// <summary>The facts say that all is well, and nothing has been read for 25 minutes.</summary>
    public static Brief Stale() => Read(Facts(), Now.AddMinutes(-25)) with
    {
        Self = new([new("New events cannot be stored at the moment; what is shown may be out of date.", Now.AddMinutes(-25)) { Key = "journal" }], "1.0.0"),
    };

    /// <summary>Two of five places are blind, and half of the services cannot be seen.</summary>
    public static Brief Blind() => Read(
        [
            .. Facts(),
            new PolicyConfigured(Now, Policy.Default with { Vantages = [new("local"), new("eu"), new("us"), new("in-1"), new("in-2")] }),
            new VantageChanged(Now, new("in-1"), VantageStatus.Blind, Now.AddMinutes(-9), "the default gateway does not answer"),
            new VantageChanged(Now, new("in-2"), VantageStatus.Blind, Now.AddMinutes(-8), "the default gateway does not answer"),
            new ComponentStateChanged(Now, Id("api"), Now.AddMinutes(-9), new(ComponentStatus.Operational, false), null),
            new ComponentStateChanged(Now, Id("search"), Now.AddMinutes(-9), new(ComponentStatus.DegradedPerformance, false), null),
        ],
        Now.AddSeconds(-3));

    public static Brief FirstRun() => Read(
        [
            new PageConfigured(Birth, Page.Unconfigured with { FirstRun = true }),
            new ComponentAdded(Now.AddMinutes(-2), new(Id("self"), "Candor itself", null, 0)),
            new ComponentStateChanged(Now.AddMinutes(-2), Id("self"), Now.AddMinutes(-2), new(ComponentStatus.Operational), null),
        ],
        Now.AddSeconds(-5));

    public static Brief Empty() => Read([new PageConfigured(Birth, Page.Unconfigured with { Name = "Heron Copier" })], null);

    /// <summary>As many components as asked for, each with trouble on about every sixth day.</summary>
    public static Brief Large(int components = 50)
    {
        var facts = new List<Event> { new PageConfigured(Birth, HeronPage), Monitored("m0") };
        for (var i = 0; i < components; i++)
        {
            var id = new ComponentId($"c{i:00000000000}");
            facts.Add(new ComponentAdded(Birth.AddDays(-30), new(id, $"Service number {i}", null, i) { Monitors = [new("m0")] }));
            facts.AddRange(Past(id, i, Birth.AddDays(-30)));
        }

        return Read([.. facts], Now.AddSeconds(-3));
    }

    public static ComponentId Id(string name) => new(name.PadRight(12, '0'));

    public static Brief Read(IEnumerable<Event> facts, DateTimeOffset? readAt)
    {
        var world = facts.Aggregate(World.Empty, World.Fold);
        return new(world, Now)
        {
            Position = new(412),
            LastReadings = readAt is { } at
                ? world.Monitors.Keys.ToImmutableDictionary(id => id, _ => at)
                : ImmutableDictionary<MonitorId, DateTimeOffset>.Empty,
            ResponseTimes = world.Monitors.Keys.ToImmutableDictionary(id => id, id => Times(id.Value.Length)),
            Self = new([], "1.0.0"),
        };
    }

    public static MonitorAdded Monitored(string id) => new(Birth, new(
        new(id), new("http", $"https://example.com/{id}", "{}"), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), JudgingRules.Default));

    private static readonly Page HeronPage = new("heron0000000", "Heron Copier", "UTC")
    {
        Description = "How the services of Heron Copier are doing",
        ContactUrl = "https://example.com/help",
    };

    private static Event[] Facts() =>
    [
        new PageConfigured(Birth, HeronPage),
        Monitored("homepage"), Monitored("sign-in"), Monitored("dashboard"), Monitored("api"), Monitored("webhooks"),
        Monitored("search"), Monitored("mail"), Monitored("connect-1"), Monitored("connect-2"),
        Added("frontend", "Frontend", null, 0, null),
        Added("homepage", "Homepage", "frontend", 0, "homepage"),
        Added("signin", "Sign-in", "frontend", 1, "sign-in"),
        Added("dashboard", "Dashboard", "frontend", 2, "dashboard"),
        Added("api", "API", null, 1, "api"),
        Added("webhooks", "Webhooks", null, 2, "webhooks"),
        Added("search", "Search", null, 3, "search"),
        Added("mail", "Mail", null, 4, "mail"),
        .. Past(Id("homepage"), 3, Birth), .. Past(Id("signin"), 4, Birth), .. Past(Id("dashboard"), 5, Birth),
        .. Past(Id("api"), 6, Birth), .. Past(Id("webhooks"), 7, Birth), .. Past(Id("search"), 8, Birth), .. Past(Id("mail"), 9, Birth),
        .. OldIncidents(),
    ];

    private static ComponentAdded Added(string id, string name, string? parent, int order, string? monitor) => new(
        Birth, new(Id(id), name, parent is null ? null : Id(parent), order) { Monitors = monitor is null ? [] : [new(monitor)] });

    private static IEnumerable<Event> Past(ComponentId id, int seed, DateTimeOffset birth)
    {
        var random = new Random(seed);
        var at = birth.AddMinutes(1);
        yield return State(id, at, ComponentStatus.Operational);
        while ((at = at.AddDays(2 + random.NextDouble() * 14)) < Now.AddDays(-1))
        {
            var known = random.Next(6) > 0;
            yield return State(id, at, (ComponentStatus)(1 + random.Next(4)), known);
            at = at.AddMinutes(3 + random.NextDouble() * 200);
            yield return State(id, at, ComponentStatus.Operational);
        }
    }

    private static ComponentStateChanged State(ComponentId id, DateTimeOffset at, ComponentStatus status, bool known = true) =>
        new(at, id, at, new(status, known), status == ComponentStatus.Operational ? null : "answered 503");

    private static IEnumerable<Event> OldIncidents()
    {
        var at = Now.AddDays(-3).AddHours(-2);
        yield return new IncidentOpened(at, new("old000000001"), "Search is slow", at, true, true,
            "Search answers within 6 s instead of 300 ms, seen by 3 of 3 places.",
            [new(Id("search"), ComponentStatus.DegradedPerformance, at)]);
        yield return new IncidentUpdated(at.AddMinutes(44), new("old000000001"), 2, IncidentStatus.Resolved,
            "Search answers as fast as usual.", true, [new(Id("search"), ComponentStatus.Operational, at.AddMinutes(44))]);
        at = Now.AddDays(-9);
        yield return new IncidentOpened(at, new("old000000002"), "Webhooks are delivered late", at, false, true,
            "Some webhooks arrive up to 20 minutes late. None are lost.",
            [new(Id("webhooks"), ComponentStatus.PartialOutage, at), new(Id("api"), ComponentStatus.DegradedPerformance, at)]);
        yield return new IncidentUpdated(at.AddHours(2), new("old000000002"), 2, IncidentStatus.Resolved,
            "The backlog is sent.", false, []);
    }

    private static IEnumerable<Event> OutageFacts()
    {
        var at = new DateTimeOffset(2026, 11, 21, 9, 54, 0, TimeSpan.Zero);
        yield return new ComponentStateChanged(at, Id("homepage"), at, new(ComponentStatus.MajorOutage), "connection refused");
        yield return new ComponentStateChanged(at, Id("webhooks"), at.AddMinutes(3), new(ComponentStatus.DegradedPerformance), "answered after 6.2 s, expected within 2 s");
        yield return new IncidentOpened(at.AddSeconds(40), new("now000000001"), "Homepage is down", at, true, true,
            "Homepage is not answering: connection refused, seen by 3 of 3 places since 09:54 UTC.",
            [new(Id("homepage"), ComponentStatus.MajorOutage, at)]);
        yield return new DowntimeBegan(at, new("now000000001"), at);
        yield return new IncidentUpdated(at.AddMinutes(6), new("now000000001"), 2, IncidentStatus.Identified,
            """
            A certificate on the load balancer was replaced by a wrong one. We are putting the old one back.

            - You **cannot** open the homepage or buy a licence.
            - Copying continues: existing instances are not affected.

            Next word by 10:30 UTC, or sooner.
            """,
            false, []);
    }

    private static ResponseTimes Times(int seed)
    {
        var random = new Random(seed);
        var step = TimeSpan.FromHours(1);
        var first = Now.AddDays(-7);
        var points = Enumerable.Range(0, 7 * 24).Where(hour => hour is < 60 or > 66).Select(hour =>
        {
            var p50 = 120 + 40 * Math.Sin(hour / 24.0 * 2 * Math.PI) + random.NextDouble() * 20;
            return new ResponsePoint(first + step * hour, p50 * 0.6, p50, p50 * (1.5 + random.NextDouble()), 120);
        });
        return new(step, [.. points]);
    }
}
