using Candor.Access;
using Candor.Journal;
using Candor.Notices.Ledger;
using Candor.Notices.Streams;
using Candor.State;

namespace Candor.Notices.Subscribers;

/// <summary>Dead letters that a person has tried again.</summary>
internal sealed partial class SubscriberDesk
{
    private static readonly Refusal NothingDead = new(
        "nothing_dead", "Nothing of this subscriber and topic failed that could still be told; GET /api/notices shows where something did.");

    /// <summary>
    /// Has the oldest dead letter of a stream tried again. Who asked for it, and for which, is in the journal before anything
    /// happens; where it cannot be, nothing does. Throws as committing does, and <see cref="IOException"/> or
    /// <see cref="TimeoutException"/> where the channel does not answer.
    /// </summary>
    /// <param name="address">Where they asked from, as it may be kept.</param>
    public async Task<Refusal?> ReplayAsync(StreamKey stream, Principal who, string? address, CancellationToken cancellation)
    {
        var room = World.Within(who.Reach).Knows(who.Reach, stream.Topic) && World.Subscribers.TryGetValue(stream.Subscriber, out var there)
            ? (Office?.Rooms ?? []).FirstOrDefault(one => one.Channel == there.Wishes.Channel)
            : null;
        if (room is null || (await room.HistoryAsync(stream.Subscriber, cancellation)).FirstOrDefault(one => one.Topic == stream.Topic) is not { DeadLetter.IsEmpty: false })
        {
            return NothingDead;
        }

        if (await NoteAsync("notice.replayed") is { } refusal)
        {
            return refusal;
        }

        if (await room.ReplayAsync(stream, cancellation))
        {
            return null;
        }

        // Meanwhile something newer was told, or somebody else was faster: what stands in the audit by then did not happen.
        return await NoteAsync("notice.not_replayed") ?? NothingDead;

        async Task<Refusal?> NoteAsync(string what) => (await journal().CommitAsync(
            _ => AuditDecisions.Record(time.GetUtcNow(), new(who.Actor), what, $"{stream.Topic}/{stream.Subscriber}", new(Address: address)),
            CommitClass.Essential, cancellation)).Refusal;
    }
}
