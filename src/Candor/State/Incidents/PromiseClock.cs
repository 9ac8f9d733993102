namespace Candor.State.Incidents;

/// <summary>What time alone makes of promised next words.</summary>
internal static class PromiseClock
{
    /// <summary>How long before the promised moment its author is reminded; half of a promise that is shorter than twice that.</summary>
    public static readonly TimeSpan RemindBefore = TimeSpan.FromMinutes(5);

    /// <summary>Reminders that are due and promises that are broken. Drive it with a clock that does not jump.</summary>
    public static IEnumerable<Event> Due(World world, DateTimeOffset now)
    {
        foreach (var id in world.OpenIncidents.OrderBy(id => id.Value, StringComparer.Ordinal))
        {
            if (world.Incidents[id].Promise is not { } promise)
            {
                continue;
            }

            if (!promise.Reminded && now >= RemindAt(promise))
            {
                yield return new NextUpdateReminded(now, id, promise.DueAt);
            }

            if (!promise.Missed && now > promise.DueAt)
            {
                yield return new NextUpdateMissed(now, id, promise.DueAt);
            }
        }
    }

    public static DateTimeOffset RemindAt(Promise promise)
    {
        var half = (promise.DueAt - promise.MadeAt) / 2;
        return promise.DueAt - (half < RemindBefore ? half : RemindBefore);
    }
}
