using System.Collections.Immutable;
using Candor.Languages;
using Candor.Pages;
using Candor.Pages.Feeds;
using Candor.Pages.Json;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Pages;

/// <summary>What programs read, byte for byte. Whoever changes it sees it in review.</summary>
public class GoldenBytesTests
{
    private static readonly DateTimeOffset At = MadeUpWorld.Start;

    public static TheoryData<string> V2Names => [.. V2Bodies.Paths];

    [Theory]
    [MemberData(nameof(V2Names))]
    public void Statuspage_bodies_are_as_approved(string path)
    {
        var brief = Eventful();
        var rendition = V2Bodies.Render(new(brief), brief, path);
        Approved.Same("v2-" + path[V2Bodies.Prefix.Length..].Replace('/', '-'), rendition.Content);
    }

    [Fact]
    public void Our_own_body_is_as_approved() => Approved.Same("status.json", StatusBody.Render(Eventful()).Content);

    [Theory]
    [InlineData("/history.atom")]
    [InlineData("/history.rss")]
    [InlineData("/calendar.ics")]
    public void Feeds_are_as_approved(string path) =>
        Approved.Same(path[1..], FeedPages.OfIncident(Eventful(), path).Content);

    [Theory]
    [InlineData("Operational", true, "badge-operational.svg")]
    [InlineData("Operational", false, "badge-unknown.svg")]
    [InlineData("MajorOutage", true, "badge-major.svg")]
    public void Badges_are_as_approved(string status, bool known, string name) =>
        Approved.Same(name, Badge.Render("/badge.svg", "status", new(Enum.Parse<ComponentStatus>(status), known), Language.English).Content);

    /// <summary>One incident over, with two downtimes; one open; a component that cannot be seen.</summary>
    private static Brief Eventful()
    {
        var world = MadeUpWorld.Well().After(
            [
                MadeUpWorld.Opened("mailincident", At.AddHours(1), "Mail is down, <again>; \"really\"", MadeUpWorld.Mail),
                new DowntimeBegan(At.AddHours(1), new("mailincident"), At.AddHours(1)),
                new DowntimeEnded(At.AddHours(2), new("mailincident"), At.AddHours(2)),
                MadeUpWorld.Updated("mailincident", 2, At.AddMinutes(75), null, "Still looking, **hard**."),
                MadeUpWorld.Updated("mailincident", 3, At.AddHours(2), IncidentStatus.Monitoring, "It answers again."),
                MadeUpWorld.Updated(
                    "mailincident", 4, At.AddHours(3), IncidentStatus.Resolved, "Over, verschlüsselt und schön: 邮件服务已恢复正常运行，感谢您的耐心等待和理解。",
                    new ComponentImpact(MadeUpWorld.Mail, ComponentStatus.Operational, At.AddHours(3))),
                .. MadeUpWorld.Down(MadeUpWorld.Homepage, At.AddHours(5)),
                MadeUpWorld.Opened("homeincident", At.AddHours(5), "Homepage is not answering", MadeUpWorld.Homepage) with { Automatic = true },
                MadeUpWorld.Opened("draftsecret0", At.AddHours(5), "Not for readers yet", MadeUpWorld.Login) with { Published = false },
                new ComponentStateChanged(At.AddHours(5), MadeUpWorld.Login, At.AddHours(5), new(ComponentStatus.Operational, Known: false), null),
            ]);
        var now = At.AddHours(6);
        return new(world, now)
        {
            Position = new(27),
            LastReadings = world.Monitors.Keys.ToDictionary(id => id, _ => now.AddSeconds(-20)).ToImmutableDictionary(),
            Self = new([new("Email notices are delayed.", now.AddMinutes(-3))], "1.0.0"),
        };
    }
}
