using Candor.State;
using Microsoft.Extensions.Logging;

namespace Candor.Notices.Subscribers;

/// <summary>
/// Addresses that nobody is told at are destroyed after 30 days: of who left, of who never confirmed, and what a crash left
/// between an erasure in the journal and the one on the disk, at once.
/// </summary>
internal sealed class Forgetting(SubscriberDesk desk, TimeProvider time, ILogger logger)
{
    public static readonly TimeSpan After = TimeSpan.FromDays(30);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (desk.Office?.Contacts is null)
        {
            await Task.Delay(Patience, time, stopping);
        }

        while (true)
        {
            await LookAsync(stopping);
            await Task.Delay(Every, time, stopping);
        }
    }

    public async Task LookAsync(CancellationToken cancellation)
    {
        var forgotten = 0;
        foreach (var (id, contact) in desk.Office!.Contacts!.All.ToList())
        {
            if (!IsOver(desk.World, id, contact, time.GetUtcNow()))
            {
                continue;
            }

            if (desk.World.Subscribers.TryGetValue(id, out var there) && !there.Erased)
            {
                await desk.EraseAsync(id, by: null, cancellation);
            }
            else
            {
                await desk.Office.Contacts.ForgetAsync(id, cancellation);
            }

            forgotten++;
        }

        if (forgotten > 0)
        {
            PostroomLog.Forgotten(logger, forgotten);
        }
    }

    /// <summary>Whether nothing speaks for keeping an address. Pure.</summary>
    public static bool IsOver(World world, SubscriberId id, Contact contact, DateTimeOffset now) => world.Subscribers.GetValueOrDefault(id) switch
    {
        // Its subscriber may stand in a journal that is about to be restored.
        null => contact.KeptSince + After < now,
        { Erased: true } => true,
        { LeftAt: { } left } => left + After < now,
        { ConfirmedAt: null } one => (one.AskedAt > one.JoinedAt ? one.AskedAt.Value : one.JoinedAt) + After < now,
        _ => false,
    };
}
