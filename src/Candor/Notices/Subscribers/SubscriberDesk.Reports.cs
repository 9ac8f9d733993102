using Candor.Journal;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>An address that its side wants nothing for any more.</summary>
/// <param name="Link">The link to unsubscribe by from the mail in question, which names its subscriber where the address was taken out.</param>
internal sealed record ReportedStop(string Address, string? Link, StopReason Reason);

/// <summary>What mail providers tell of addresses.</summary>
internal sealed partial class SubscriberDesk
{
    /// <summary>Stops whoever is meant, all in one commit; an address that nobody here has is nothing to do. Throws where that failed.</summary>
    public async Task TakeReportsAsync(IReadOnlyList<ReportedStop> stops, CancellationToken cancellation)
    {
        if (Office?.Contacts is null)
        {
            throw new IOException("The addresses of subscribers have not been read yet.");
        }

        var at = time.GetUtcNow();
        var meant = stops.Select(stop => (Id: IdOf(stop), stop.Reason)).Where(static one => one.Id is not null).DistinctBy(static one => one.Id).ToList();
        if (meant.Count > 0)
        {
            await journal().CommitAsync(
                world => Steps.InOrder(world, [.. meant.Select<(SubscriberId? Id, StopReason Reason), Func<World, Decision<Event>>>(
                    one => w => SubscriberDecisions.Stop(w, at, one.Id!.Value, one.Reason))]),
                CommitClass.Essential, cancellation);
        }
    }

    private SubscriberId? IdOf(ReportedStop stop) =>
        Channels.Email.EmailAddress.Read(stop.Address) is { } address && Office!.Contacts!.FindByAddress("email", address.ToString()) is { } known ? known
        : stop.Link is { } link && Behind(link, LinkUse.Leave) is var (subscriber, _) && subscriber.Wishes.Channel == "email" ? subscriber.Id
        : null;
}
