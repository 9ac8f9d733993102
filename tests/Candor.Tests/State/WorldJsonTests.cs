using System.Text.Json;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.State;

public sealed class WorldJsonTests
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_world_survives_being_written_and_read()
    {
        Event[] facts =
        [
            new PageConfigured(T0, Page.Unconfigured with { Name = "Heron", Accent = "#123456" }),
            new PolicyConfigured(T0, Policy.Default with { Controls = ["gateway", "example.org:443"] }),
            new MonitorAdded(T0, new(new("homepage"), new("http", "https://example.com/", "{}"),
                TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), JudgingRules.Default)),
            new ComponentAdded(T0, new(new("abc"), "Homepage", null, 0) { Monitors = [new("homepage")] }),
            new MonitorJudged(T0.AddMinutes(1), new("homepage"), Verdict.Down, T0, new(1, 1, 1, "refused", T0)),
            new ComponentStateChanged(T0.AddMinutes(1), new("abc"), T0, new(ComponentStatus.MajorOutage), "refused"),
            new IncidentOpened(T0.AddMinutes(1), new("i1"), "Homepage is down", T0, true, true, "body",
                [new(new("abc"), ComponentStatus.MajorOutage, T0)]) { Causes = [new("homepage")] },
            new DowntimeBegan(T0.AddMinutes(1), new("i1"), T0),
            new VantageChanged(T0, VantageId.Local, VantageStatus.Live, T0, ""),
        ];
        var world = facts.Aggregate(World.Empty, World.Fold);

        var stored = JsonSerializer.SerializeToUtf8Bytes(world, JournalJson.Default.World);
        var read = JsonSerializer.Deserialize(stored, JournalJson.Default.World)!;

        Assert.Equal(stored, JsonSerializer.SerializeToUtf8Bytes(read, JournalJson.Default.World));
        Assert.Equal(Verdict.Down, read.Monitors[new("homepage")].History.Last.Value);
        Assert.Equal(ComponentStatus.MajorOutage, read.StateOf(read.Components[new("abc")]).Status);
        Assert.Contains(new IncidentId("i1"), read.OpenIncidents);
        Assert.Equal("#123456", read.Page.Accent);
    }

    [Fact]
    public void Every_fact_survives_being_written_and_read()
    {
        Event fact = new IncidentUpdated(T0, new("i1"), 2, null, "still on it", false, [new(new("abc"), ComponentStatus.PartialOutage, T0)]);

        var body = Kinds.Encode(fact);

        Assert.Equal(body, Kinds.Encode(Kinds.Decode(Kinds.NameOf(fact), body, T0)));
    }

    [Fact]
    public void A_fact_of_a_newer_build_is_kept_as_unread() =>
        Assert.Equal(1, World.Fold(World.Empty, Kinds.Decode("moon.risen", "{}"u8, T0)).Unread["moon.risen"]);
}
