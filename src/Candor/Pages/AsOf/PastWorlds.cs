using Candor.Journal;

namespace Candor.Pages.AsOf;

/// <summary>
/// The worlds of the past, folded from the journal anew. A world is kept every so many events on the way, so that the
/// next question about the same years begins close to its answer. Belongs to one loop; not for use from several threads.
/// </summary>
internal sealed class PastWorlds(PastLimits limits)
{
    private readonly List<PastWorld> checkpoints = [PastWorld.Nothing];
    private readonly LinkedList<PastWorld> recent = [];
    private long spacing = limits.SpacingFirst;

    /// <summary>Worlds kept along the journal.</summary>
    public int Checkpoints => checkpoints.Count;

    /// <summary>The sum of every fact that had been committed at an instant. Where it is cancelled, the way so far is kept.</summary>
    public async Task<PastWorld> AtAsync(IJournalReader journal, DateTimeOffset at, CancellationToken cancellation)
    {
        ForgetWhatIsGone(journal.Position);
        var world = Nearest(at);
        while (await journal.ReadAsync(world.Position, limits.ReadMax, cancellation) is { Count: > 0 } page)
        {
            foreach (var next in page)
            {
                if (next.CommittedAt > at)
                {
                    return Remember(world);
                }

                world = world.With(next);
                Mark(world);
            }

            cancellation.ThrowIfCancellationRequested();
        }

        return Remember(world);
    }

    /// <summary>The last known world that is not after an instant.</summary>
    private PastWorld Nearest(DateTimeOffset at)
    {
        var (low, high) = (0, checkpoints.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = checkpoints[middle].From <= at ? (middle, high) : (low, middle - 1);
        }

        var nearest = checkpoints[low];
        foreach (var world in recent)
        {
            nearest = world.From <= at && world.Position > nearest.Position ? world : nearest;
        }

        return nearest;
    }

    private PastWorld Remember(PastWorld world)
    {
        recent.AddFirst(world);
        if (recent.Count > limits.RecentMax)
        {
            recent.RemoveLast();
        }

        return world;
    }

    private void Mark(PastWorld world)
    {
        if (world.Position.Value - checkpoints[^1].Position.Value < spacing)
        {
            return;
        }

        checkpoints.Add(world);
        if (checkpoints.Count > limits.CheckpointsMax)
        {
            spacing *= 2;
            Thin();
        }
    }

    /// <summary>Every second one goes, the first stays.</summary>
    private void Thin()
    {
        var kept = checkpoints.Where((_, place) => place % 2 == 0).ToList();
        checkpoints.Clear();
        checkpoints.AddRange(kept);
    }

    /// <summary>A journal that lost its end, or was replaced by a backup, holds other facts behind it.</summary>
    private void ForgetWhatIsGone(Position end)
    {
        if (checkpoints[^1].Position > end || recent.Any(world => world.Position > end))
        {
            checkpoints.RemoveRange(1, checkpoints.Count - 1);
            recent.Clear();
        }
    }
}
