using Candor.Mirrors;
using Candor.State;
using Candor.State.Incidents;
using Candor.Tests.Pages;

namespace Candor.Tests.Mirrors;

/// <summary>What was said on a mirror is in the journal of the publisher that comes back: once, when it was said, and quietly.</summary>
public sealed class FoldingTests
{
    private static readonly Bulletin First = new(
        "4f8k2n6p9q1s", "4f8k2n6p9q1s", MadeUpWorld.Start.AddMinutes(5), IncidentStatus.Investigating, "Everything is down", "We lost our account.");

    private static readonly Bulletin Second = First with
    {
        Id = "7a8b9c0d1e2f", At = MadeUpWorld.Start.AddMinutes(30), Status = IncidentStatus.Resolved, Body = "We are back.",
    };

    [Fact]
    public void The_first_opens_an_incident_and_the_next_goes_on_in_it()
    {
        var world = Folded(Folded(MadeUpWorld.Well(), First), Second);
        var incident = world.Incidents[new(First.Id)];
        Assert.Equal(("Everything is down", First.At, IncidentStatus.Resolved), (incident.Title, incident.StartedAt, incident.Status));
        Assert.Equal(["We lost our account.", "We are back."], incident.Updates.Select(update => update.Body));
        Assert.Equal(Second.At, incident.Updates[^1].DisplayAt);
        Assert.All(incident.Updates, update => Assert.True(update.Quiet, "it would notify people of what is over"));
        Assert.All(incident.Updates, update => Assert.Equal("mirror", update.By?.Kind));
    }

    [Fact]
    public void What_is_told_again_changes_nothing()
    {
        var world = Folded(Folded(MadeUpWorld.Well(), First), Second);
        Assert.Same(world, Folded(Folded(world, First), Second));
    }

    [Fact]
    public void What_was_said_first_is_not_lost_where_what_was_said_next_is_told_first()
    {
        var world = Folded(Folded(MadeUpWorld.Well(), Second), First);
        var incident = world.Incidents[new(First.Id)];
        Assert.Equal(["We are back.", "We lost our account."], incident.Updates.Select(update => update.Body));
        Assert.Equal([Second.At, First.At], incident.Updates.Select(update => update.DisplayAt));
        Assert.Equal(IncidentStatus.Resolved, incident.Status);
        Assert.Same(world, Folded(Folded(world, First), Second));
    }

    [Fact]
    public void With_the_clock_of_a_publisher_that_is_behind_it_is_said_as_of_now_and_once()
    {
        var early = First.At.AddMinutes(-20);
        var world = MadeUpWorld.Well().After(Folding.Decide(MadeUpWorld.Well(), early, First).Events);
        Assert.Equal(early, world.Incidents[new(First.Id)].Updates[0].DisplayAt);
        Assert.Empty(Folding.Decide(world, early.AddMinutes(1), First).Events);
    }

    [Fact]
    public void What_was_taken_away_meanwhile_is_refused_and_not_said_again()
    {
        var world = Folded(MadeUpWorld.Well(), First);
        var decided = IncidentDecisions.Remove(world, MadeUpWorld.Start.AddHours(1), Actor.Shell, new(First.Id), "A rehearsal.");
        world = world.After(decided.Events);
        Assert.NotNull(Folding.Decide(world, MadeUpWorld.Start.AddHours(2), Second).Refusal);
    }

    [Theory]
    [InlineData("Everything\tis\ndown", "We lost our account.", "Everything is down", "We lost our account.")]
    [InlineData("\u2068Everything\u2069 is down", "\u2068Ada\u2069 is on it.\n\tSoon more.\u001b[0m", "Everything is down", "Ada is on it.\n\tSoon more.[0m")]
    [InlineData("\u2068", "We lost our account.", "We lost our account.", "We lost our account.")]
    [InlineData("Down", "\u2068", "Down", "Down")]
    [InlineData("\u2068", "\u2069", "Untitled", "Untitled")]
    public void What_posting_would_refuse_is_left_out_and_the_word_is_in_the_journal(string title, string body, string saidTitle, string saidBody)
    {
        var world = Folded(Folded(MadeUpWorld.Well(), First with { Title = title, Body = body }), Second with { Title = title, Body = body });
        var incident = world.Incidents[new(First.Id)];
        Assert.Equal((saidTitle, IncidentStatus.Resolved), (incident.Title, incident.Status));
        Assert.Equal([saidBody, saidBody], incident.Updates.Select(update => update.Body));
    }

    [Fact]
    public void A_long_text_without_a_title_begins_its_own()
    {
        var clean = (First with { Title = "\u2068", Body = new string('a', 4_000) }).Cleaned();
        Assert.Equal((200, 4_000), (clean.Title.Length, clean.Body.Length));
        Assert.Contains(First.Id, Folded(MadeUpWorld.Well(), clean).Incidents.Keys.Select(static id => id.Value));
    }

    private static World Folded(World world, Bulletin bulletin)
    {
        var decided = Folding.Decide(world, MadeUpWorld.Start.AddHours(1), bulletin);
        Assert.Null(decided.Refusal);
        return decided.Events.Count == 0 ? world : world.After(decided.Events);
    }
}
