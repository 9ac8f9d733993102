using Candor.Journal;

namespace Candor.Notices;

/// <summary>The follower's place is stored with what it led to, in one write, by the loop that handled it: here is nothing left to do.</summary>
internal sealed class QueueCursor(Position start) : ICursor
{
    public ValueTask<Position> LoadAsync(CancellationToken cancellation) => new(start);

    public ValueTask SaveAsync(Position done, CancellationToken cancellation) => default;
}
