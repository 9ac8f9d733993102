using System.Globalization;
using Candor.Agents;
using Candor.Journal;
using Candor.Samples;
using Candor.State;
using Candor.Watching;

namespace Candor.Node;

/// <summary>Asks every part how it is, once a second, and keeps the self-log by the answers.</summary>
internal sealed class SelfWatch(Node node, Works works)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Looks that wait for room before checks count as late.</summary>
    private const int CrowdedAbove = 100;

    private long told = -1;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            Look(node.Self);
            if (node.Self.Version != told)
            {
                told = node.Self.Version;
                node.Publisher.Nudge();
            }

            await Task.Delay(Every, works.Time, stopping);
        }
    }

    private void Look(SelfLog self)
    {
        var journal = works.Journal.Condition;
        self.Set("journal", Gravity.Public, Sentence(journal.Phase), journal.Reason);
        if (journal.Phase == JournalPhase.Running && works.Journal.Position < works.StartedFrom)
        {
            // Said until the next start: only a person can know what was there and whether a backup holds it.
            self.Raise(
                "tail",
                Gravity.Public,
                "Some of the past is missing here: the record of events ends earlier than it did before.",
                "The end of the journal is lost. `candor verify` shows how far it goes; `candor restore` brings back a backup.");
        }
        else
        {
            self.Set(
                "tail",
                Gravity.Public,
                works.Journal.TailLost is null ? null : "The newest events before the last start are missing from the record.",
                works.Journal.TailLost);
        }

        self.Set(
            "heartbeats", Gravity.Private,
            works.Heartbeats.Damage is null ? null : "What was heard of heartbeats was damaged; each is unknown until it is heard again.", works.Heartbeats.Damage);
        self.Set(
            "disk",
            Gravity.Public,
            works.Reserve.IsTight ? "Candor's disk is full: new events are not recorded until there is room." : null,
            "Make room on the disk of the data folder. What people post is still taken, from a reserve of 8 MiB.");
        self.Set("samples", Gravity.Private, Samples(works.Samples.Condition), works.Samples.Condition.Complaint);
        self.Set("unread", Gravity.Private, Unread(), "Run the version of Candor that wrote them, or a newer one.");
        foreach (var place in works.Journal.State.Vantages.Keys.Where(static place => place != VantageId.Local))
        {
            self.Set(
                $"place:{place}", Gravity.Private, Fleet.Complaint(works.Journal.State, place),
                "See the page “Places”. If its agent runs, look at its log; if it was let in by nobody, `candor place add` makes a code.");
        }

        var load = works.Scheduler.Load;
        self.Set(
            "late",
            Gravity.Private,
            load.Waiting > CrowdedAbove ? "Checks begin late." : null,
            string.Create(CultureInfo.InvariantCulture, $"{load.Waiting} looks wait for room while {load.Running} are under way."));
        var faults = node.Publisher.Condition.Faults;
        self.Set(
            "pages",
            Gravity.Public,
            faults.IsEmpty ? null : "Some pages cannot be renewed and show an older version.",
            faults.IsEmpty ? null : $"{faults[0].Path}: {faults[0].Cause.Message} ({faults.Length} in all)");
    }

    private static string? Sentence(JournalPhase phase) => phase switch
    {
        JournalPhase.Failed => "New events cannot be stored at the moment; what is shown may be out of date.",
        JournalPhase.Corrupt => "The record of events is damaged; what is shown is what could still be read.",
        _ => null,
    };

    /// <summary>What was lost once stays counted in the metrics; a problem is only what is wrong now or needs a person.</summary>
    private static string? Samples(SamplesCondition condition) =>
        condition is { Phase: SamplesPhase.Failed } or { Quarantined: not null } ? "Response times are incomplete." : null;

    private string? Unread()
    {
        var unread = works.Journal.State.Unread;
        return unread.IsEmpty
            ? null
            : string.Create(
                CultureInfo.InvariantCulture, $"{unread.Values.Sum()} events were written by a newer version of Candor and are not shown.");
    }
}
