using System.Text.Json;
using Candor.Access;
using Candor.Intake.Statuspage;
using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.Access;
using Candor.Tests.State;
using static Candor.Tests.State.Told;

namespace Candor.Tests.Intake.Statuspage;

public sealed class IncidentChangesTests
{
    private static readonly Principal Poster = Cast.Holding(TokenScope.Post);
    private static readonly Principal Editor = Cast.Holding(TokenScope.Admin);
    private static readonly Principal Limited = Cast.Holding(TokenScope.Admin, new Reach([Api]));
    private readonly Told told = new();

    [Fact]
    public void Whoever_is_limited_to_components_touches_no_other_by_any_write()
    {
        told.Opened(On(Mail, ComponentStatus.MajorOutage));
        told.Do((world, at) => IncidentChanges.Create(world, at, Editor, "planned00001", Sent(
            """{"name":"Disks","scheduled_for":"2026-11-28T22:00:00Z","scheduled_until":"2026-11-28T23:00:00Z","component_ids":["mail"]}""")));
        var update = UpdateIds.Of(Id, 1);

        Assert.All(
            [
                told.Refused((w, at) => IncidentChanges.Create(w, at, Limited, "x", Sent("""{"name":"x","components":{"mail":"operational"}}"""))),
                told.Refused((w, at) => IncidentChanges.Create(w, at, Limited, "x", Sent("""{"name":"x"}"""))),
                told.Refused((w, at) => IncidentChanges.Create(w, at, Limited, "x", Sent("""{"name":"x","backfilled":true,"backfill_date":"2026-11-01"}"""))),
                told.Refused((w, at) => IncidentChanges.Change(w, at, Limited, Id.Value, null, Sent("""{"body":"x"}"""))),
                told.Refused((w, at) => IncidentChanges.Change(w, at, Limited, Id.Value, null, Sent("""{"name":"x"}"""))),
                told.Refused((w, at) => IncidentChanges.Edit(w, at, Limited, Id.Value, update, Sent("""{"body":"x"}"""))),
                told.Refused((w, at) => IncidentChanges.Remove(w, at, Limited, Id.Value)),
                told.Refused((w, at) => IncidentChanges.Change(w, at, Limited, "planned00001", null, Sent("""{"status":"in_progress"}"""))),
                told.Refused((w, at) => IncidentChanges.Remove(w, at, Limited, "planned00001")),
                told.Refused((w, at) => ComponentChanges.Change(w, at, Limited, "mail", Sent("""{"status":"operational"}"""))),
            ],
            static refusal => Assert.Equal("access.components", refusal.Code));
    }

    [Fact]
    public void What_nobody_wrote_is_said_in_the_pages_language()
    {
        told.Happens(new PageConfigured(T0, told.World.Page with { Language = "de" })).Opened(On(Mail, ComponentStatus.MajorOutage));
        told.Do((w, at) => IncidentChanges.Change(w, at, Editor, Id.Value, null, Sent("""{"status":"identified"}""")));
        told.Do((w, at) => IncidentChanges.Create(w, at, Editor, "planned00001", Sent(
            """{"name":"Disks","scheduled_for":"2026-11-28T22:00:00Z","scheduled_until":"2026-11-28T23:00:00Z","component_ids":["mail"]}""")));

        Assert.Equal("Die Ursache ist gefunden; wir arbeiten an der Behebung.", told.Incident.Updates[^1].Body);
        Assert.Equal("Für diese Zeit ist eine Wartung geplant.", told.World.Maintenances[new("planned00001")].Updates[^1].Body);
    }

    [Fact]
    public void A_responder_posts_and_does_not_rewrite()
    {
        told.Opened();

        told.Do((world, at) => IncidentChanges.Change(world, at, Poster, Id.Value, null, Sent("""{"name":"Trouble","status":"identified"}""")));
        Assert.Equal("The issue has been identified and a fix is being implemented.", told.Incident.Updates[^1].Body);
        Assert.Equal("access.scope", told.Refused((w, at) => IncidentChanges.Change(w, at, Poster, Id.Value, null, Sent("""{"name":"Other"}"""))).Code);
        Assert.Equal("access.scope", told.Refused((w, at) => IncidentChanges.Change(w, at, Poster, Id.Value, null, Sent("""{"impact_override":"none"}"""))).Code);
    }

    [Fact]
    public void What_an_incident_says_already_is_no_news_and_a_component_that_changed_is()
    {
        told.Opened(On(Mail, ComponentStatus.MajorOutage));
        var before = told.Incident.Version;

        told.Do((w, at) => IncidentChanges.Change(w, at, Poster, Id.Value, null, Sent("""{"status":"investigating","components":{"mail":"major_outage"},"component_ids":["mail"]}""")));
        Assert.Equal(before, told.Incident.Version);
        told.Do((w, at) => IncidentChanges.Change(w, at, Poster, Id.Value, null, Sent("""{"components":{"mail":"degraded_performance"}}""")));
        Assert.Equal("We are continuing to investigate this issue.", told.Incident.Updates[^1].Body);
        Assert.Equal(ComponentStatus.DegradedPerformance, told.World.Components[Mail].State.Status);
    }

    [Fact]
    public void A_person_does_not_paint_what_is_measured_green()
    {
        told.Happens(new ComponentStateChanged(T0, Shop, T0, new(ComponentStatus.MajorOutage), "connection refused"));

        told.Do((w, at) => ComponentChanges.Change(w, at, Poster, "shop", Sent("""{"status":"operational"}""")));

        Assert.Equal((ComponentStatus.MajorOutage, null), (told.World.Components[Shop].State.Status, told.World.Components[Shop].Pin));
    }

    [Theory]
    [InlineData("""{"name":"x","components":{"mail":1}}""", "bad_type")]
    [InlineData("""{"name":"x","components":["mail"]}""", "bad_type")]
    [InlineData("""{"name":"x","component_ids":"mail"}""", "bad_type")]
    [InlineData("""{"name":"x","component_ids":["nope"]}""", "no_such_component")]
    [InlineData("""{"name":{"a":1}}""", "bad_type")]
    [InlineData("""{"name":"x","deliver_notifications":"maybe"}""", "bad_type")]
    [InlineData("""{"name":"x","status":"on fire"}""", "unknown_word")]
    [InlineData("""{"name":"x","impact_override":"huge"}""", "unknown_word")]
    [InlineData("""{"name":"x","metadata":{"a":"b"}}""", "bad_metadata")]
    [InlineData("""{"name":"x","scheduled_for":"tomorrow","scheduled_until":"later"}""", "bad_time")]
    [InlineData("""{"name":"x","scheduled_for":"2026-11-28T22:00:00Z"}""", "empty")]
    [InlineData("""{"name":"x","status":"in_progress"}""", "empty")]
    [InlineData("""{"name":""}""", "empty")]
    public void What_cannot_be_read_is_told(string body, string code) =>
        Assert.Equal(code, told.Refused((w, at) => IncidentChanges.Create(w, at, Editor, "x", Sent(body))).Code);

    private static SentBody Sent(string members) => new(JsonElement.Parse(members));
}
