using System.Collections.Concurrent;
using Candor.Access;
using Candor.Journal;
using Candor.State;

namespace Candor.Admin.Audits;

/// <summary>
/// Privileged acts as facts: in the chain, where nobody can take them back unseen, and as lines of the log. While the
/// journal cannot be written nobody is kept from signing in for it: what happened waits, in memory and bounded, and is
/// written with the next act.
/// </summary>
internal sealed class JournalAudit(Func<Journal<World, Event>> journal, IAudit log, TimeProvider time) : IAudit
{
    /// <summary>As many acts as wait for the journal; the log has those beyond it.</summary>
    public const int WaitingMax = 500;

    private static readonly TimeSpan WritesWithin = TimeSpan.FromSeconds(2);
    private readonly ConcurrentQueue<AuditRecorded> waiting = new();

    public async ValueTask RecordAsync(AuditEntry entry, CancellationToken cancellation)
    {
        await log.RecordAsync(entry, cancellation);
        waiting.Enqueue(new(entry.At, new(entry.Actor), entry.Act, entry.Subject) { Address = ShortAddress.Of(entry.Address) });
        while (waiting.Count > WaitingMax)
        {
            waiting.TryDequeue(out _);
        }

        await WriteAsync();
    }

    /// <summary>Whoever goes away before the answer has done it all the same, so this does not end with the request.</summary>
    private async ValueTask WriteAsync()
    {
        var mine = new List<AuditRecorded>();
        while (waiting.TryDequeue(out var act))
        {
            mine.Add(act);
        }

        using var giveUp = new CancellationTokenSource();
        try
        {
            // Written before and the answer lost: the same act is not written twice.
            await journal().CommitAsync(
                world => Decision.Of<Event>([.. mine.Where(act => Actor.IsWellFormed(act.By) && !world.Audit.Contains(act))]),
                CommitClass.Essential, giveUp.Token).AsTask().WaitAsync(WritesWithin, time, CancellationToken.None);
        }
        catch (Exception fault) when (fault is JournalFailedException or TimeoutException)
        {
            await giveUp.CancelAsync();
            mine.ForEach(waiting.Enqueue);
        }
    }
}
