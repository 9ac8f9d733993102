using Candor.Journal;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>An address that its side wants nothing for any more.</summary>
/// <param name="Link">The link to unsubscribe by from the mail in question, which proves that it was a mail of ours and says whose.</param>
/// <param name="IsVouched">Whether the provider itself says it; what came as a mail can be written by anybody who can send one.</param>
internal sealed record ReportedStop(string Address, string? Link, StopReason Reason, bool IsVouched);

/// <summary>What mail providers tell of addresses.</summary>
internal sealed partial class SubscriberDesk
{
    /// <summary>
    /// Stops whoever is meant, all in one commit; an address that nobody here has is nothing to do. Throws where that failed.
    /// Whom a report means without any proof goes on being told, and is given back.
    /// </summary>
    public async Task<IReadOnlyList<SubscriberId>> TakeReportsAsync(IReadOnlyList<ReportedStop> stops, CancellationToken cancellation)
    {
        if (Office?.Contacts is null)
        {
            throw new IOException("The addresses of subscribers have not been read yet.");
        }

        var at = time.GetUtcNow();
        var meant = stops.Select(stop => (Id: IdOf(stop), stop.Reason)).Where(static one => one.Id is not null).DistinctBy(static one => one.Id).ToList();
        if (meant.Count > 0)
        {
            var outcome = await journal().CommitAsync(
                world => Steps.InOrder(world, [.. meant.Select<(SubscriberId? Id, StopReason Reason), Func<World, Decision<Event>>>(
                    one => w => SubscriberDecisions.Stop(w, at, one.Id!.Value, one.Reason))]),
                CommitClass.Essential, cancellation);
            if (outcome.Refusal is { } refusal)
            {
                // A full disk is a refusal and no exception; whoever reports has to send it again all the same.
                throw new IOException(refusal.Sentence);
            }
        }

        return [.. stops.Where(stop => IdOf(stop) is null).Select(stop => Known(stop.Address)).OfType<SubscriberId>().Distinct()];
    }

    private SubscriberId? IdOf(ReportedStop stop) => stop.IsVouched ? Known(stop.Address) : Proven(stop);

    /// <summary>
    /// Whose mail it was. That one mailbox of theirs is gone takes their own address too: behind a shared one, one of many
    /// may be gone.
    /// </summary>
    private SubscriberId? Proven(ReportedStop stop) =>
        stop.Link is { } link && Behind(link, LinkUse.Leave) is var (subscriber, _) && subscriber.Wishes.Channel == "email"
        && (stop.Reason == StopReason.Complaint || Known(stop.Address) == subscriber.Id)
            ? subscriber.Id
            : null;

    private SubscriberId? Known(string address) =>
        Channels.Email.EmailAddress.Read(address) is { } read ? Office!.Contacts!.FindByAddress("email", read.ToString()) : null;
}
