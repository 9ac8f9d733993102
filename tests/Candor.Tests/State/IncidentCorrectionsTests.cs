using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.State.Told;

namespace Candor.Tests.State;

public sealed class IncidentCorrectionsTests
{
    [Fact]
    public void An_edited_update_shows_its_new_words_and_keeps_the_old_ones_with_their_date()
    {
        var told = new Told().Opened().Says("Teh cause is found.")
            .Do((w, at) => IncidentDecisions.Edit(w, at, Ben, Id, new(2, "The cause is found.", Typo: true)))
            .Do((w, at) => IncidentDecisions.Edit(w, at, Ann, Id, new(2, "A cause is found.", Typo: false) { DisplayAt = T0 }));

        var update = told.Incident.Updates[1];
        Assert.Equal(("A cause is found.", T0), (update.Body, update.DisplayAt));
        Assert.Equal(
            [("Teh cause is found.", true, Ben, T0.AddMinutes(2)), ("The cause is found.", false, Ann, T0.AddMinutes(2))],
            update.Edits.Select(edit => (edit.Before, edit.Typo, edit.By, edit.DisplayAt)));
    }

    [Fact]
    public void An_edit_that_changes_nothing_is_no_fact()
    {
        var told = new Told().Opened();

        Assert.Empty(IncidentDecisions.Edit(told.World, T0, Ann, Id, new(1, "We are looking.", Typo: false)).Events);
    }

    [Fact]
    public void A_removed_update_leaves_its_place_its_reason_and_none_of_its_words_old_or_new()
    {
        var told = new Told().Opened().Says("Customer X broke it.")
            .Do((w, at) => IncidentDecisions.Edit(w, at, Ann, Id, new(2, "A customer broke it.", Typo: false)))
            .Do((w, at) => IncidentDecisions.RemoveUpdate(w, at, Ann, Id, 2, "It blamed a customer."));

        var update = told.Incident.Updates[1];
        Assert.Equal(("", "It blamed a customer.", Ann), (update.Body, update.Removed!.Reason, update.Removed.By));
        Assert.Empty(update.Edits);
        Assert.False(update.IsReadable);
        Assert.Equal(3, told.Says("We go on.").Incident.Updates[^1].Seq);
    }

    [Fact]
    public void A_removed_incident_is_closed_and_keeps_neither_title_nor_words_nor_metadata()
    {
        var told = new Told().Opened().Do((w, at) => IncidentDecisions.SetMetadata(w, at, Ann, Id, """{"a":{"b":1}}"""))
            .Do((w, at) => IncidentDecisions.Remove(w, at, Ann, Id, "A test that went out."));

        Assert.False(told.Incident.IsOpen);
        Assert.Equal(("Removed incident", "", null), (told.Incident.Title, told.Incident.Updates[0].Body, told.Incident.Metadata));
        Assert.Empty(told.World.OpenIncidents);
        Assert.Equal("incident_removed", told.Refused((w, at) => IncidentDecisions.Post(w, at, Ann, Id, new(null, "Hello.", []))).Code);
    }

    [Fact]
    public void A_corrected_beginning_keeps_what_was_said_before()
    {
        var told = new Told().Opened().Do((w, at) => IncidentDecisions.Backdate(w, at, Ann, Id, T0.AddHours(-1)));

        Assert.Equal(T0.AddHours(-1), told.Incident.StartedAt);
        Assert.Equal(T0.AddMinutes(1), Assert.Single(told.Incident.Backdatings).Before);
    }

    [Fact]
    public void Impact_is_set_by_hand_and_left_to_the_components_again()
    {
        var told = new Told().Opened(On(Mail, ComponentStatus.MajorOutage));
        Assert.Equal(Impact.Critical, told.Incident.Impact);

        told.Do((w, at) => IncidentDecisions.OverrideImpact(w, at, Ann, Id, Impact.Minor));
        Assert.Equal(Impact.Minor, told.Incident.Impact);

        told.Do((w, at) => IncidentDecisions.OverrideImpact(w, at, Ann, Id, null));
        Assert.Equal(Impact.Critical, told.Incident.Impact);
    }

    [Fact]
    public void A_rename_changes_the_title_and_nobody_takes_over_by_it()
    {
        var told = new Told().Happens(new IncidentOpened(T0, Id, "Down", T0, Automatic: true, Published: true, "Down.", []))
            .Do((w, at) => IncidentDecisions.Rename(w, at, Ann, Id, " Mail is down "));

        Assert.Equal(("Mail is down", false), (told.Incident.Title, told.Incident.HumanLed));
    }

    [Fact]
    public void Every_fact_makes_a_new_version_and_whoever_saw_an_older_one_is_refused()
    {
        var told = new Told().Opened();
        var seen = told.Incident.Version;
        Assert.Null(IncidentDecisions.Expect(told.World, Id, seen));

        told.Do((w, at) => IncidentDecisions.Rename(w, at, Ben, Id, "Other trouble"));

        Assert.Equal(seen + 1, told.Incident.Version);
        Assert.Equal("version_changed", IncidentDecisions.Expect(told.World, Id, seen)!.Code);
    }

    [Fact]
    public void Several_steps_see_each_other_and_the_first_refusal_is_the_answer()
    {
        var told = new Told().Opened();

        var both = Steps.InOrder(told.World,
            w => IncidentDecisions.Rename(w, T0, Ann, Id, "New"),
            w => IncidentDecisions.Post(w, T0, Ann, Id, new(null, w.Incidents[Id].Title, [])));
        var refused = Steps.InOrder(told.World,
            w => IncidentDecisions.Rename(w, T0, Ann, Id, "New"),
            w => IncidentDecisions.Rename(w, T0, Ann, Id, " "));

        Assert.Equal("New", both.Events.OfType<IncidentUpdated>().Single().Body);
        Assert.Equal("empty", refused.Refusal!.Code);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("""{"a":1}""")]
    [InlineData("{")]
    public void Metadata_that_is_no_object_of_objects_is_refused(string metadata) => Assert.Equal(
        "bad_metadata",
        new Told().Opened().Refused((w, at) => IncidentDecisions.SetMetadata(w, at, Ann, Id, metadata)).Code);

    [Fact]
    public void What_cannot_be_corrected_is_refused_with_the_remedy()
    {
        var told = new Told().Opened().Says("Gone.").Do((w, at) => IncidentDecisions.RemoveUpdate(w, at, Ann, Id, 2, "Wrong."));

        Assert.Equal(
            ["no_such_update", "no_such_update", "update_removed", "in_future", "empty", "starts_in_future", "no_actor"],
            new[]
            {
                told.Refused((w, at) => IncidentDecisions.Edit(w, at, Ann, Id, new(0, "x", false))),
                told.Refused((w, at) => IncidentDecisions.Edit(w, at, Ann, Id, new(3, "x", false))),
                told.Refused((w, at) => IncidentDecisions.RemoveUpdate(w, at, Ann, Id, 2, "Again.")),
                told.Refused((w, at) => IncidentDecisions.Edit(w, at, Ann, Id, new(1, "x", false) { DisplayAt = at.AddHours(1) })),
                told.Refused((w, at) => IncidentDecisions.Remove(w, at, Ann, Id, " ")),
                told.Refused((w, at) => IncidentDecisions.Backdate(w, at, Ann, Id, at.AddHours(1))),
                told.Refused((w, at) => IncidentDecisions.Rename(w, at, new("ann@example.com"), Id, "x")),
            }.Select(refusal => refusal.Code));
    }
}
