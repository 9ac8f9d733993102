namespace Candor.Notices.Channels.Email;

/// <summary>
/// Places among the connections to one server, shared between the domains of the recipients. A domain has a tenth of them for
/// certain and no more while others wait: a server that verifies each recipient is as slow as the slowest of their servers,
/// and two such domains would take every connection from all others. What nobody waits for goes to whoever is there, as long
/// as it is not much slower than what is usual. Pure but for the clock and the lock.
/// </summary>
internal sealed class ConnectionPlaces(int most, TimeProvider time)
{
    private const double SlowFactor = 4;
    private const double Weight = 0.1;
    private const int DomainsMost = 10_000;
    private static readonly TimeSpan SlowLeast = TimeSpan.FromSeconds(1); // below this nobody holds anybody up

    private readonly Lock gate = new();
    private readonly LinkedList<Waiting> queue = new();
    private readonly Dictionary<string, int> inUse = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, TimeSpan> took = new(StringComparer.OrdinalIgnoreCase);
    private readonly int share = Math.Max(1, most / 10);
    private int taken;
    private TimeSpan? usual;

    /// <summary>A place, to be given back by <see cref="Leave"/>. Throws <see cref="OperationCanceledException"/> where none was free in time.</summary>
    /// <param name="cancellation">Of one mail: it is held on to until its source is disposed.</param>
    public Task<ConnectionPlace> EnterAsync(string domain, CancellationToken cancellation)
    {
        var waiting = new Waiting(domain, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            queue.AddLast(waiting);
            Give();
        }

        if (!waiting.Given.Task.IsCompleted)
        {
            _ = cancellation.UnsafeRegister(_ => GiveUp(waiting, cancellation), null);
        }

        return waiting.Given.Task;
    }

    public void Leave(ConnectionPlace place)
    {
        var needed = time.GetElapsedTime(place.Since);
        lock (gate)
        {
            taken--;
            if (--inUse[place.Domain] == 0)
            {
                inUse.Remove(place.Domain);
            }

            if (took.Count >= DomainsMost)
            {
                took.Clear();
            }

            took[place.Domain] = needed;
            usual = usual is { } before ? before + (needed - before) * Weight : needed;
            Give();
        }
    }

    private void Give()
    {
        GiveTo(domain => inUse.GetValueOrDefault(domain) < share);

        // Whoever has its share and is still here waits alone, or beside others who have theirs.
        GiveTo(IsQuick);
    }

    private void GiveTo(Func<string, bool> may)
    {
        for (var node = queue.First; node is not null && taken < most;)
        {
            var (next, domain) = (node.Next, node.Value.Domain);
            if (may(domain))
            {
                queue.Remove(node);
                taken++;
                inUse[domain] = inUse.GetValueOrDefault(domain) + 1;
                node.Value.Given.TrySetResult(new(domain, time.GetTimestamp()));
            }

            node = next;
        }
    }

    /// <summary>Of a domain that has not been heard of, nothing is known.</summary>
    private bool IsQuick(string domain) => took.TryGetValue(domain, out var last) && (last < SlowLeast || last <= usual * SlowFactor);

    private void GiveUp(Waiting waiting, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (queue.Remove(waiting))
            {
                waiting.Given.TrySetCanceled(cancellation);
            }
        }
    }

    private sealed record Waiting(string Domain, TaskCompletionSource<ConnectionPlace> Given);
}

/// <summary>A place that is in use.</summary>
/// <param name="Since">By the steady clock.</param>
internal readonly record struct ConnectionPlace(string Domain, long Since);
