namespace Candor.Journal.Sqlite;

/// <summary>Walks a journal file from the first event to the last and says whether all of it is genuine.</summary>
internal static class JournalCheck
{
    private const int Page = 4096;

    /// <summary>Reads only, so that it may run beside the process that writes.</summary>
    public static JournalReport Walk(
        string path, IProgress<(long Done, long Total)> progress, CancellationToken cancellation)
    {
        var at = Position.Start;
        var hash = ChainHash.Genesis;
        try
        {
            using var database = Database.OpenReader(path);
            JournalSchema.Recognise(database);
            var head = JournalSchema.ReadHead(database);
            using var reader = new EventReader(database);
            while (reader.Read(at, Page, head.Position) is { Count: > 0 } page)
            {
                cancellation.ThrowIfCancellationRequested();
                (at, hash) = (page[^1].Position, page[^1].Hash);
                progress.Report((at.Value, head.Position.Value));
            }

            return Lost(path, head) is { } lost
                ? new(at.Value, hash.ToString(), null, lost, "Compare with a mirror, or `candor restore` the newest backup.")
                : new(at.Value, hash.ToString(), null, null, null);
        }
        catch (JournalCorruptException fault)
        {
            // Opening looks at the end first; which event is the first broken one is known only after a walk.
            at = at == Position.Start ? IntactUpTo(path, cancellation) : at;
            return new(at.Value, null, at.Value + 1, fault.Fault, "Run `candor restore` with the newest backup.");
        }
        catch (SqliteFaultException fault)
        {
            return new(
                at.Value, null, at.Value + 1, $"the file cannot be read: {fault.Message}", "Run `candor restore` with the newest backup.");
        }
    }

    private static Position IntactUpTo(string path, CancellationToken cancellation)
    {
        var at = Position.Start;
        try
        {
            using var reader = EventReader.Open(path);
            while (reader.Read(at, Page, new(long.MaxValue)) is { Count: > 0 } page)
            {
                cancellation.ThrowIfCancellationRequested();
                at = page[^1].Position;
            }
        }
        catch (Exception fault) when (fault is JournalCorruptException or SqliteFaultException)
        {
            // This is the place.
        }

        return at;
    }

    private static string? Lost(string path, HeadOfJournal head)
    {
        var mark = SqliteJournalWriter.MarkPath(path);
        if (!File.Exists(mark))
        {
            return null;
        }

        using var marked = HeadMark.Open(mark);

        // A running writer may be further than the moment this walk began at; only an end before the mark is a loss,
        // and the mark is read after the end.
        return marked.Read() is { } known && known.Position > head.Position && !IsFurtherNow(path, known)
            ? $"the journal had reached event {known.Position} and ends at {head.Position}: acknowledged events are missing."
            : null;
    }

    private static bool IsFurtherNow(string path, HeadOfJournal known)
    {
        using var database = Database.OpenReader(path);
        return JournalSchema.ReadHead(database).Position >= known.Position;
    }
}
