using Candor.Drills.Simulation;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Drills;

/// <summary>
/// An invariant that cannot fail says nothing. Here a run that keeps every one of them is falsified, one thing at a time:
/// the record of what was said, or the truth that it is held against.
/// </summary>
public sealed class InvariantsTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan FailsAt = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan WorksAt = TimeSpan.FromMinutes(6);
    private static readonly MonitorId Web = new("web");
    private static readonly MonitorId Api = new("api");

    [Fact]
    public void A_run_in_which_a_service_fails_and_recovers_keeps_them_all() => Under(machine =>
        Assert.Empty(new Invariants(Script, machine).Check()));

    [Fact]
    public void A_fact_that_is_missing_from_the_journal() =>
        Breaks("The journal does not hold what was written to it", machine => machine.Ledger.Journal.RemoveAt(machine.Ledger.Journal.Count - 1));

    [Fact]
    public void A_fact_that_was_changed_where_it_is_stored() =>
        Breaks("its hash does not fit its content", machine => machine.Journal.Spoil(new(1), stored => stored with { Kind = "page.renamed" }));

    [Fact]
    public void A_service_that_is_called_up_while_it_is_down() => Breaks(
        "web was called Up although nobody had met it well for", machine => Forge(machine, FailsAt.Add(TimeSpan.FromMinutes(2)), Judged(machine, Web, Verdict.Up)));

    [Fact]
    public void A_service_that_is_called_down_while_it_works() => Breaks(
        "api was called down on fewer than 2 bad readings", machine => Forge(machine, FailsAt, Judged(machine, Api, Verdict.Down)));

    [Fact]
    public void A_failure_that_never_was() => Breaks(
        "web was called down although it had worked since", static _ => { }, Script with { Faults = [] });

    [Fact]
    public void A_failure_that_no_control_target_bears_out() => Breaks(
        "web was called down although no control target had answered since", machine => machine.Ledger.Answers.Clear());

    [Fact]
    public void A_failure_that_is_not_noticed() => Breaks(
        "and was not called down by", machine => Remove<MonitorJudged>(machine, judged => judged.Verdict == Verdict.Down));

    [Fact]
    public void A_verdict_that_leaves_nothing_of_the_one_before_it() => Breaks(
        "which leaves nothing of Down before it",
        machine => Change<MonitorJudged>(machine, judged => judged.Monitor == Web && judged.Verdict == Verdict.Up && judged.At > Start + FailsAt,
            judged => judged with { Since = Start }));

    [Fact]
    public void A_service_that_is_called_unknown_in_plain_sight() => Breaks(
        "api was called unknown although nothing had kept anybody from seeing it",
        machine => Forge(machine, FailsAt, Judged(machine, Api, Verdict.Unknown)));

    [Fact]
    public void Blindness_that_is_not_said() => Breaks(
        "Nothing could be seen from 00:07:00 until 00:10:00, and web was still called Up",
        static _ => { }, Script with { Faults = [.. Script.Faults, new(FaultKind.Blind, null, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(10))] });

    [Fact]
    public void A_place_that_cannot_see_and_is_not_called_blind() => Breaks(
        "local could not see from 00:07:00 until 00:10:00 and was not called blind",
        static _ => { }, Script with { Faults = [.. Script.Faults, new(FaultKind.Blind, null, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(10))] });

    [Fact]
    public void A_vote_of_a_place_that_cannot_see() => Breaks(
        "1 places were counted on web, and only 0 were known to see", machine => Forge(
            machine, FailsAt, new VantageChanged(Start, VantageId.Local, VantageStatus.Suspect, Start, "half of what it asks does not answer")));

    [Fact]
    public void A_component_that_says_something_else_than_its_monitors() => Breaks(
        "“Homepage” has been", machine => Remove<ComponentStateChanged>(machine, changed => changed.State.Status == ComponentStatus.MajorOutage));

    [Fact]
    public void An_outage_without_an_incident() => Breaks(
        "“Homepage” is down and no incident is open about it", machine => machine.Ledger.Journal.RemoveAll(stored => stored.Event.Kind.StartsWith("incident.", StringComparison.Ordinal)));

    [Fact]
    public void An_incident_about_what_was_not_seen_to_be_bad() => Breaks(
        "was opened although a component in it was not seen to be bad",
        machine => Remove<ComponentStateChanged>(machine, changed => changed.State.Status == ComponentStatus.MajorOutage));

    [Fact]
    public void An_incident_that_is_resolved_unseen() => Breaks(
        "was resolved although not everything in it was seen to work",
        machine => Remove<ComponentStateChanged>(machine, changed => changed.State.Status == ComponentStatus.Operational && changed.At > Start + FailsAt));

    [Fact]
    public void An_incident_that_is_resolved_too_early() => Breaks("after trouble, not after 00:01:00", machine =>
    {
        var all = machine.Ledger.Journal;
        var resolved = all.FindIndex(stored => Read(stored.Event) is IncidentUpdated { Status: IncidentStatus.Resolved });
        all[resolved] = (all[resolved].Event, all[resolved - 1].At + TimeSpan.FromSeconds(5));
    });

    [Fact]
    public void An_incident_that_is_never_resolved() => Breaks(
        "is open at the end although nothing has been wrong with it since",
        machine => Remove<IncidentUpdated>(machine, updated => updated.Status == IncidentStatus.Resolved));

    [Fact]
    public void A_downtime_without_length() => Breaks("has a downtime of no length", machine =>
    {
        var began = All<DowntimeBegan>(machine).Single().Began;
        Change<DowntimeEnded>(machine, static _ => true, ended => ended with { Ended = began });
    });

    [Fact]
    public void A_downtime_that_outlasts_its_incident() => Breaks(
        "is resolved and still measures a downtime", machine => Remove<DowntimeEnded>(machine, static _ => true));

    [Fact]
    public void An_incident_that_readers_should_not_have_seen_yet() => Breaks(
        "was opened for people only, and the policy is Publish",
        machine => Change<IncidentOpened>(machine, static _ => true, opened => opened with { Published = false }));

    [Fact]
    public void A_second_incident_for_the_same_cause() => Breaks("is open for the same cause", machine => Forge(
        machine, FailsAt + TimeSpan.FromMinutes(1), All<IncidentOpened>(machine).Single() with { Incident = new("another") }));

    [Fact]
    public void A_new_incident_where_one_was_resolved_a_moment_ago() => Breaks("had been resolved only", machine => Forge(
        machine, Length - TimeSpan.FromMinutes(1), All<IncidentOpened>(machine).Single() with { Incident = new("another") }));

    [Fact]
    public void Automation_that_interrupts_a_person() => Breaks("which a person leads", machine => Forge(
        machine, FailsAt + TimeSpan.FromMinutes(1),
        new IncidentTakenOver(Start, All<IncidentOpened>(machine).Single().Incident, Actor.Shell)));

    [Fact]
    public void A_status_of_what_nobody_watches() => Breaks("“Docs” is Operational although nothing watches it", machine => Forge(
        machine, FailsAt, All<ComponentStateChanged>(machine).First() with
        {
            Component = All<ComponentAdded>(machine).Single(added => added.Component.Name == "Docs").Component.Id,
            State = new(ComponentStatus.Operational),
        }));

    [Fact]
    public void Words_that_were_acknowledged_and_are_gone() =>
        Breaks("was acknowledged at 9999 and is not there", machine => machine.Ledger.Acknowledged.Add((new(9999), "Kept.")));

    [Fact]
    public void Words_that_were_acknowledged_and_are_others() => Breaks("was acknowledged at", machine =>
    {
        var (stored, _) = machine.Ledger.Journal.First(stored => Read(stored.Event) is IncidentOpened);
        machine.Ledger.Acknowledged.Add((stored.Position, "Kept."));
    });

    [Fact]
    public void A_node_that_is_gone_at_the_end() => Breaks("No node was running at the end", machine => machine.Crash());

    [Fact]
    public void A_service_that_is_not_seen_to_work_at_the_end() => Breaks(
        "web is Unknown at the end although it has worked", machine => Forge(machine, Length, Judged(machine, Web, Verdict.Unknown)));

    [Fact]
    public void Settings_that_are_not_in_force_at_the_end() => Breaks(
        "what is watched at the end is", static _ => { }, Script with
        {
            Services = [.. Script.Services, Script.Services[0] with { Name = "shop" }],
            Outline = new(Script.Services),
        });

    [Fact]
    public void A_page_that_stopped_before_the_journal_did() => Breaks("The page shows event", machine =>
    {
        var last = machine.Ledger.Journal[^1].Event;
        var page = Written(last, All<PageConfigured>(machine).Single());
        machine.Ledger.Stored(
            machine.Journal.Append(last.Position, [new(page.Kind, page.Body, page.OccurredAt, page.ArrivedAt)], last.CommittedAt), Length);
    });

    [Fact]
    public void A_page_that_says_something_else_than_the_journal() => Breaks(
        "/api/v2/summary.json as it is served is not what the journal says",
        machine => Change<PageConfigured>(machine, static _ => true, page => page with { Page = page.Page with { Name = "Other" } }));

    [Fact]
    public void A_node_that_never_published_anything() => Under(
        machine => Assert.Contains("No page was ever published.", new Invariants(Script, machine).Check()), TimeSpan.FromTicks(1));

    [Fact]
    public void Work_that_left_the_simulated_thread() => Breaks("Something left the simulated thread", machine =>
    {
        var elsewhere = new Thread(() => machine.Thread.Post(static _ => { }, null));
        elsewhere.Start();
        elsewhere.Join();
    });

    private static DateTimeOffset Start => new(2026, 3, 28, 20, 0, 0, TimeSpan.Zero);

    private static Script Script { get; } = new(
        Length,
        [new("web", "tcp", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5)), new("api", "tcp", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5))],
        [new(FaultKind.Refuses, "web", FailsAt, WorksAt)],
        """
        page: { name: Demo }
        components: [ { name: Homepage, monitors: [web] }, { name: API, monitors: [api] }, { name: Docs } ]
        monitors:
          web: { tcp: "web.sim.example:80", every: 10s, timeout: 5s }
          api: { tcp: "api.sim.example:80", every: 10s, timeout: 5s }
        incidents: { resolve_after: 1m }
        """);

    private static void Breaks(string promise, Action<Machine> falsify, Script? truth = null) => Under(machine =>
    {
        falsify(machine);
        Assert.Contains(new Invariants(truth ?? Script, machine).Check(), sentence => sentence.Contains(promise, StringComparison.Ordinal));
    });

    private static void Under(Action<Machine> look, TimeSpan? after = null)
    {
        var before = SynchronizationContext.Current;
        var thread = new VirtualThread();
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            using var machine = new Machine(Script, new(1), thread, PageEqualsFold.Front(4));
            machine.Start();
            thread.RunUntil(thread.Now + (after ?? Length).Ticks);
            look(machine);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static Event Read(Envelope stored) => Kinds.Decode(stored.Kind, stored.Body.Span, stored.OccurredAt);

    private static IEnumerable<T> All<T>(Machine machine) => machine.Ledger.Journal.Select(stored => Read(stored.Event)).OfType<T>();

    /// <summary>What the judge last said of a service, with another verdict.</summary>
    private static MonitorJudged Judged(Machine machine, MonitorId monitor, Verdict verdict) =>
        All<MonitorJudged>(machine).Last(judged => judged.Monitor == monitor) with { Verdict = verdict };

    /// <summary>Puts a fact into the record that was never said.</summary>
    private static void Forge(Machine machine, TimeSpan at, Event happened)
    {
        var all = machine.Ledger.Journal;
        var after = all.FindLastIndex(stored => stored.At <= at);
        all.Insert(after + 1, (Written(all[after].Event, happened), at));
    }

    private static void Remove<T>(Machine machine, Func<T, bool> which) =>
        machine.Ledger.Journal.RemoveAll(stored => Read(stored.Event) is T happened && which(happened));

    private static void Change<T>(Machine machine, Func<T, bool> which, Func<T, T> change)
        where T : Event
    {
        var all = machine.Ledger.Journal;
        for (var i = 0; i < all.Count; i++)
        {
            if (Read(all[i].Event) is T happened && which(happened))
            {
                all[i] = (Written(all[i].Event, change(happened)), all[i].At);
            }
        }
    }

    private static Envelope Written(Envelope place, Event happened) => place with
    {
        Kind = Kinds.NameOf(happened),
        Body = Kinds.Encode(happened),
    };
}
