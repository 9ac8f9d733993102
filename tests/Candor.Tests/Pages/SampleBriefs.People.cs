using Candor.Pages;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;
using Candor.State.Postmortems;

namespace Candor.Tests.Pages;

internal static partial class SampleBriefs
{
    private static readonly Actor Ann = Actor.Person("ann");
    private static readonly IncidentId Said = new("said00000001");

    /// <summary>What people do: a promise, an edit, a removed update, a pin, work that is planned and a postmortem.</summary>
    public static Brief People() => Read([.. Facts(), .. OutageFacts(), .. PeopleFacts()], Now.AddSeconds(-4));

    private static IEnumerable<Event> PeopleFacts()
    {
        IncidentId now = new("now000000001");
        IncidentId old = new("old000000002");
        yield return new UpdateEdited(
            Now.AddMinutes(-3), now, 1, "Homepage is not answering since 09:54 UTC: connection refused.", Typo: true, Ann);
        yield return new IncidentUpdated(Now.AddMinutes(-2), now, 3, null, "A customer is to blame.", Automatic: false, []);
        yield return new UpdateRemoved(Now.AddMinutes(-1), now, 3, "It blamed somebody.", Ann);
        yield return new NextUpdatePromised(Now.AddMinutes(-1), now, Now.AddMinutes(24), Ann);
        yield return new ComponentPinned(Now.AddMinutes(-20), Id("mail"), ComponentStatus.PartialOutage, Now.AddHours(3), Ann)
        {
            Reason = "we move it to other machines",
        };
        yield return new ComponentStateChanged(
            Now.AddMinutes(-20), Id("mail"), Now.AddMinutes(-20), new(ComponentStatus.PartialOutage), "we move it to other machines");
        yield return new IncidentOpened(Now.AddHours(-5), Said, "Copies come late", Now.AddHours(-5), false, true, "We look.", [])
        {
            NextUpdateBy = Now.AddMinutes(-9),
        };
        yield return new NextUpdateMissed(Now.AddMinutes(-9), Said, Now.AddMinutes(-9));
        yield return Planned("plan00000001", "New disks", Now.AddHours(8), Id("search"));
        yield return Planned("plan00000002", "New network", Now.AddMinutes(-30), Id("api"));
        yield return new MaintenanceUpdated(
            Now.AddMinutes(-30), new("plan00000002"), 2, MaintenanceStatus.InProgress, "The planned maintenance has begun.", Automatic: true);
        yield return Planned("plan00000003", "New power supply", Now.AddDays(9), Id("webhooks"));
        yield return new MaintenanceCancelled(Now.AddHours(-1), new("plan00000003"), "The part did not come.", Ann);
        yield return new PostmortemDrafted(
            Now.AddDays(-8), old, [new("Summary", "A queue grew."), new("Root cause", "A **limit** was too low.")], Ann);
        yield return new PostmortemPublished(Now.AddDays(-8), old, Ann);
        yield return new ActionItemSet(
            Now.AddDays(-8), old, new(new("action000001"), "Watch the age of the queue.", "Platform", new(2026, 11, 20)), Ann);
    }

    private static MaintenanceScheduled Planned(string id, string title, DateTimeOffset from, ComponentId component) => new(
        Now.AddDays(-2), new(id), new(title, from, from.AddHours(2), [component]) { MarksComponents = true }, "It may be slow meanwhile.", Ann);
}
