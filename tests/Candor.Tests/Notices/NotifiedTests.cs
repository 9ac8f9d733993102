using Candor.Languages;
using Candor.Notices.Ledger;
using Candor.Pages.Wording;
using Candor.State;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

public sealed class NotifiedTests
{
    [Fact]
    public void The_page_says_how_many_were_told_how_late_and_how_many_were_not_reached()
    {
        var world = Folded(
        [
            Opens(Noon),
            new NoticesHandedOver(Noon, "webhook", [new(OutageTopic, 1, NumberSet.Parse("1-10000")) { Late = 9, LateBy = TimeSpan.FromMinutes(12) }]),
            new NoticesHandedOver(Noon, "email", [new(OutageTopic, 1, NumberSet.Parse("10001-10412")) { Failed = NumberSet.Parse("10413-10415") }]),
        ]);

        Assert.Equal("Told 10,412 subscribers; 9 late by up to 12\u00a0min; 3 could not be reached.", Notified.Of(world, world.Incidents[Outage], Noon, Language.English));
    }

    [Theory]
    [InlineData("en", "Told 1 subscriber; 2 wait; 1 could not be reached.", "Told nobody yet; 4 wait.")]
    [InlineData("de", "Benachrichtigt: 1 Abonnent; 2 warten noch; 1 nicht erreichbar.", "Noch niemand benachrichtigt; 4 warten noch.")]
    public void Who_waits_is_counted_and_neither_who_is_not_to_be_told_nor_what_is_over_for_long(string tag, string some, string none)
    {
        var opened = Folded(
        [
            new SubscriberWishesChanged(Noon, IdOf(5), new("email") { Components = [Mail] }),
            Opens(Noon),
        ], Start(5));
        var world = Folded([new NoticesHandedOver(Noon, "webhook", [new(OutageTopic, 1, NumberSet.Parse("1")) { Failed = NumberSet.Parse("2") }])], opened);

        Assert.Equal(some, Notified.Of(world, world.Incidents[Outage], Noon, Language.Of(tag)));
        Assert.Equal(none, Notified.Of(opened, opened.Incidents[Outage], Noon, Language.Of(tag)));
        var over = Folded([Says(Noon.AddHours(1), 2, IncidentStatus.Resolved)], opened);
        Assert.Null(Notified.Of(over, over.Incidents[Outage], Noon.AddDays(4), Language.Of(tag)));
    }

    [Fact]
    public void Told_twice_counts_once_and_who_is_reached_after_all_is_no_failure()
    {
        var world = Folded(
        [
            Opens(Noon), Says(Noon, 2, IncidentStatus.Resolved),
            new NoticesHandedOver(Noon, "webhook", [new(OutageTopic, 1, NumberSet.Parse("1")) { Failed = NumberSet.Parse("2") }]),
            new NoticesHandedOver(Noon, "webhook", [new(OutageTopic, 2, NumberSet.Parse("1-2"))]),
        ]);

        Assert.Equal("Told 2 subscribers.", Notified.Of(world, world.Incidents[Outage], Noon, Language.English));
        Assert.Equal(2, world.Told[OutageTopic][0].SeqOf(1));
    }

    [Fact]
    public void Told_late_twice_is_one_person_told_late_also_where_a_fact_came_twice()
    {
        var late = new HandedOver(OutageTopic, 1, NumberSet.Parse("1-2")) { Late = 1, LateBy = TimeSpan.FromMinutes(6), LateWho = NumberSet.Parse("2") };
        var world = Folded(
        [
            Opens(Noon), Says(Noon, 2, IncidentStatus.Resolved),
            new NoticesHandedOver(Noon, "webhook", [late]),
            new NoticesHandedOver(Noon, "webhook", [late]),
            new NoticesHandedOver(Noon, "webhook", [late with { Seq = 2, LateBy = TimeSpan.FromMinutes(9) }]),
        ]);

        Assert.Equal("Told 2 subscribers; 1 late by up to 9\u00a0min.", Notified.Of(world, world.Incidents[Outage], Noon, Language.English));
    }

    [Fact]
    public void Who_heard_of_it_in_a_digest_counts_too_and_nobody_counts_twice()
    {
        var world = Folded(
        [
            Opens(Noon),
            new NoticesHandedOver(Noon, "email",
            [
                new(OutageTopic, 1, NumberSet.Parse("1-2")) { Failed = NumberSet.Parse("4-5") },
                new(Topic.OfDigested(OutageTopic), 7, NumberSet.Parse("2-4")) { Late = 1, LateBy = TimeSpan.FromMinutes(6), LateWho = NumberSet.Parse("3"), Failed = NumberSet.Parse("6") },
            ]),
        ]);

        Assert.Equal("Told 4 subscribers; 1 late by up to 6\u00a0min; 2 could not be reached.", Notified.Of(world, world.Incidents[Outage], Noon, Language.English));
        Assert.Equal(0, world.Told[OutageTopic][0].SeqOf(3));
    }

    [Fact]
    public void A_tally_that_comes_back_and_goes_out_again_names_whoever_was_late_once()
    {
        var tally = new Tally();
        tally.Told(OutageTopic, 1, 4, TimeSpan.FromMinutes(7));
        tally.Told(OutageTopic, 1, 5, null);
        tally.PutBack(tally.Take());
        tally.Told(OutageTopic, 1, 4, TimeSpan.FromMinutes(8));

        var batch = Assert.Single(tally.Take());

        Assert.Equal((1, NumberSet.Parse("4"), TimeSpan.FromMinutes(8)), (batch.Late, batch.LateWho, batch.LateBy));
    }

    [Fact]
    public void Where_nobody_was_to_be_told_nothing_is_said() =>
        Assert.Null(Notified.Of(Folded([Opens(Noon)]), Folded([Opens(Noon)]).Incidents[Outage], Noon, Language.English));
}
