using Candor.Pages.Html;
using Candor.State;
using Candor.State.Incidents;
using Candor.Subscribing;
using Candor.Tests.Pages;

namespace Candor.Tests.Subscribing;

/// <summary>Single incidents on the page of a subscription: what is offered, and what becomes of the ticks.</summary>
public sealed class FollowingTests
{
    private static readonly IncidentId First = new("incident0001");
    private static readonly IncidentId Second = new("incident0002");
    private static readonly IncidentId Over = new("incident0003");
    private static readonly IncidentId Gone = new("incident0009");

    private static readonly World World = MadeUpWorld.Well().After(
        MadeUpWorld.Opened(First.Value, MadeUpWorld.Start.AddHours(1), "Homepage is down", MadeUpWorld.Homepage),
        MadeUpWorld.Opened(Second.Value, MadeUpWorld.Start.AddHours(2), "Mail is late", MadeUpWorld.Mail),
        MadeUpWorld.Opened(Over.Value, MadeUpWorld.Start.AddHours(3), "Login was slow", MadeUpWorld.Login),
        MadeUpWorld.Updated(Over.Value, 2, MadeUpWorld.Start.AddHours(4), IncidentStatus.Resolved, "It works."));

    [Fact]
    public void Open_incidents_are_offered_and_those_that_are_told_already_the_newest_first()
    {
        Assert.Equal([Second, First], SentWishes.Offered(World, new("email")).Select(static one => one.Id));
        Assert.Equal([Over, Second, First], SentWishes.Offered(World, new("email") { Incidents = [Over, Gone] }).Select(static one => one.Id));
    }

    [Fact]
    public void A_tick_adds_one_its_absence_takes_it_and_what_was_not_shown_stays()
    {
        var before = new SubscriberWishes("email") { Incidents = [Gone, First] };
        Assert.Equal([Gone, Second], Sent(Second).ToWishes(World, before).Incidents);
        Assert.Equal([Gone], Sent().ToWishes(World, before).Incidents);
    }

    [Fact]
    public void What_was_not_offered_cannot_be_slipped_in() =>
        Assert.Empty(Sent(Over, Gone, new("private00000")).ToWishes(World, new("email")).Incidents);

    private static SentWishes Sent(params IncidentId[] ticked) => new(new SubscribeFields("email") { Incidents = [.. ticked.Select(static id => id.Value)] });
}
