using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.State.Told;

namespace Candor.Tests.State;

public sealed class PinTests
{
    [Fact]
    public void A_status_set_by_hand_shows_says_who_and_why_and_holds_four_hours()
    {
        var told = Pinned(Shop, ComponentStatus.PartialOutage);

        var component = told.World.Components[Shop];
        Assert.Equal((new ComponentState(ComponentStatus.PartialOutage), "We are moving it."), (component.State, component.Reason));
        Assert.Equal((told.Now.AddHours(4), Ann), (component.Pin!.Until, component.Pin.By));
    }

    [Fact]
    public void When_its_time_is_over_what_nothing_measures_goes_back_to_what_it_was()
    {
        var told = new Told().Opened(On(Mail, ComponentStatus.DegradedPerformance));
        told.Do((w, at) => PinDecisions.Pin(w, at, Ann, Mail, ComponentStatus.MajorOutage));
        told.Do((w, at) => PinDecisions.Pin(w, at, Ann, Mail, ComponentStatus.PartialOutage));
        var until = told.World.Components[Mail].Pin!.Until;
        Assert.Empty(PinDecisions.Due(told.World, until.AddSeconds(-1)));

        told.Happens([.. PinDecisions.Due(told.World, until)]);

        Assert.Null(told.World.Components[Mail].Pin);
        Assert.Equal(ComponentStatus.DegradedPerformance, told.World.Components[Mail].State.Status);
        Assert.Empty(PinDecisions.Due(told.World, until.AddHours(1)));
    }

    [Fact]
    public void A_newer_word_on_what_nothing_measures_ends_the_pin()
    {
        var told = Pinned(Mail, ComponentStatus.MajorOutage).Opened(On(Mail, ComponentStatus.DegradedPerformance));

        Assert.Null(told.World.Components[Mail].Pin);
        Assert.Equal(ComponentStatus.DegradedPerformance, told.World.Components[Mail].State.Status);
    }

    [Fact]
    public void A_word_on_what_is_measured_leaves_the_pin_where_it_is()
    {
        var told = Pinned(Shop, ComponentStatus.MajorOutage).Opened(On(Shop, ComponentStatus.DegradedPerformance));

        Assert.NotNull(told.World.Components[Shop].Pin);
        Assert.Equal(ComponentStatus.MajorOutage, told.World.Components[Shop].State.Status);
    }

    [Fact]
    public void Regions_are_told_apart_and_the_component_is_as_bad_as_the_worst_of_them()
    {
        var told = new Told().Opened(On(Api, ComponentStatus.MajorOutage, "eu"))
            .Says("The other one too.", null, On(Api, ComponentStatus.DegradedPerformance, "us"));
        Assert.Equal(ComponentStatus.MajorOutage, told.World.Components[Api].State.Status);

        told.Says("Europe is back.", null, On(Api, ComponentStatus.Operational, "eu"));

        Assert.Equal(ComponentStatus.DegradedPerformance, told.World.Components[Api].State.Status);
        Assert.Equal(
            [("eu", ComponentStatus.Operational), ("us", ComponentStatus.DegradedPerformance)],
            PersonsWord.RegionsOf(told.World, told.World.Components[Api]).Select(region => (region.Key, region.Value)));
        Assert.Equal(
            [ComponentStatus.MajorOutage, ComponentStatus.DegradedPerformance],
            told.Incident.IntervalsOf(Api).Select(interval => interval.Value));
    }

    [Fact]
    public void What_cannot_be_set_by_hand_is_refused() => Assert.Equal(
        ["no_such_component", "in_past", "too_far", "no_actor", "no_such_region"],
        new[]
        {
            new Told().Refused((w, at) => PinDecisions.Pin(w, at, Ann, new("nobody"), ComponentStatus.MajorOutage)),
            new Told().Refused((w, at) => PinDecisions.Pin(w, at, Ann, Mail, ComponentStatus.MajorOutage, at)),
            new Told().Refused((w, at) => PinDecisions.Pin(w, at, Ann, Mail, ComponentStatus.MajorOutage, at.AddDays(40))),
            new Told().Refused((w, at) => PinDecisions.Pin(w, at, default, Mail, ComponentStatus.MajorOutage)),
            new Told().Refused((w, at) => IncidentDecisions.Open(w, at, Ann, Id,
                new("T", "B", IncidentStatus.Investigating, [On(Api, ComponentStatus.MajorOutage, "moon")]))),
        }.Select(refusal => refusal.Code));

    [Fact]
    public void A_component_from_a_journal_without_regions_has_none()
    {
        var stored = """{"at":"2026-11-21T09:00:00+00:00","component":{"id":"x","name":"X","order":0,"monitors":[]}}"""u8;

        var added = Assert.IsType<ComponentAdded>(Kinds.Decode("component.added", stored, default));

        Assert.True(added.Component.Regions.IsEmpty);
    }

    private static Told Pinned(ComponentId component, ComponentStatus status) =>
        new Told().Do((w, at) => PinDecisions.Pin(w, at, Ann, component, status, reason: "We are moving it."));
}
