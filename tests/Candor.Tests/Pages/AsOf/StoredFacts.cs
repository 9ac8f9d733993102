using Candor.Journal;
using Candor.Journal.Memory;
using Candor.State;

namespace Candor.Tests.Pages.AsOf;

/// <summary>A journal that a test writes line by line, each with its own commit time.</summary>
internal sealed class StoredFacts : IJournalReader
{
    private readonly MemoryJournalMedium medium = new();

    public World World { get; private set; } = World.Empty;

    /// <summary>The latest commit time so far.</summary>
    public DateTimeOffset Latest { get; private set; }

    /// <summary>Thrown by every read while it is set.</summary>
    public Exception? Fault { get; set; }

    /// <summary>A read waits for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public int EventsRead { get; private set; }

    public Position Position => medium.Head.Position;

    public StoredFacts Commit(DateTimeOffset at, params IEnumerable<Event> events)
    {
        var stored = events.Select(e => new NewEvent(Kinds.NameOf(e), Kinds.Encode(e), e.At, at)).ToList();
        medium.Append(Position, stored, at);
        World = World.After(events);
        Latest = at > Latest ? at : Latest;
        return this;
    }

    public ValueTask WaitForOpenAsync(CancellationToken cancellation) => default;

    public ValueTask WaitAsync(Position after, CancellationToken cancellation) => default;

    public async ValueTask<IReadOnlyList<Envelope>> ReadAsync(Position after, int max, CancellationToken cancellation)
    {
        await Gate;
        cancellation.ThrowIfCancellationRequested();
        if (Fault is not null)
        {
            throw Fault;
        }

        var page = medium.Read(after, max);
        EventsRead += page.Count;
        return page;
    }
}
