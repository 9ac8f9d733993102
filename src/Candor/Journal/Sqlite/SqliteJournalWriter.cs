using SQLitePCL;

namespace Candor.Journal.Sqlite;

/// <summary>
/// The one connection that writes and checkpoints. Used by one thread; others may read <see cref="Head"/>. After any
/// failure it writes nothing more, not even tidying the log on close.
/// </summary>
internal sealed class SqliteJournalWriter : IDisposable
{
    // Past this a checkpoint is made although there is work, so that the log stays bounded; half of the reserve, so
    // that a journal on a full disk can always be opened again.
    private const long LogBytesMax = 4 * 1024 * 1024;
    private const int RowBytes = 150;
    private const int CommitBytes = 3 * 4096;

    private readonly string path;
    private readonly Database database;
    private readonly EventInserts inserts;
    private readonly HeadMark mark;

    private long unmovedBytes = 1;
    private JournalFailedException? failed;
    private volatile HeadOfJournal head;

    private SqliteJournalWriter(string path, Database database)
    {
        this.path = path;
        this.database = database;
        JournalSchema.Prepare(database);
        head = JournalSchema.ReadHead(database);
        inserts = new(database);
        mark = HeadMark.Open(MarkPath(path));
        TailLost = LossSince(mark.Read());
        mark.Write(head);
    }

    public HeadOfJournal Head => head;

    /// <summary>A sentence where the journal once was further than it is now; null where nothing is missing.</summary>
    public string? TailLost { get; }

    /// <summary>Where the note of the journal's end lies; it goes where the journal goes.</summary>
    public static string MarkPath(string journal) => journal + ".head";

    /// <summary>
    /// Opens or creates the file. One that lost its end is made again from what is left of it. Throws
    /// <see cref="JournalCorruptException"/> where it is damaged otherwise and <see cref="JournalFailedException"/>
    /// where it cannot be used at the moment.
    /// </summary>
    public static SqliteJournalWriter Open(string path)
    {
        TornJournal.Finish(path);
        if (!RawPages.IsCut(path))
        {
            return OpenOnce(path);
        }

        // A crash amid a checkpoint leaves a short file too, and then the log has the rest.
        if (OpenWhole(path) is { } whole)
        {
            return whole;
        }

        TornJournal.Repair(path);
        return OpenOnce(path);
    }

    private static SqliteJournalWriter? OpenWhole(string path)
    {
        SqliteJournalWriter? opened = null;
        try
        {
            opened = OpenOnce(path);
            using var reader = new EventReader(opened.database);
            var at = Position.Start;
            while (reader.Read(at, 1000, opened.head.Position) is { Count: > 0 } page)
            {
                at = page[^1].Position;
            }

            return opened;
        }
        catch (JournalCorruptException)
        {
            opened?.Dispose();
            return null;
        }
    }

    private static SqliteJournalWriter OpenOnce(string path)
    {
        Database? opened = null;
        try
        {
            opened = Database.OpenWriter(path);
            return new(path, opened);
        }
        catch (SqliteFaultException fault)
        {
            opened?.Dispose();
            throw fault.IsCorrupt
                ? new JournalCorruptException(new(1), $"the file cannot be opened: {fault.Message}", fault)
                : new JournalFailedException($"The journal '{path}' cannot be opened: {fault.Message}", fault);
        }
        catch
        {
            opened?.Dispose();
            throw;
        }
    }

    public IReadOnlyList<Envelope> Append(
        Position expected, IReadOnlyList<NewEvent> events, DateTimeOffset committedAt)
    {
        if (failed is not null)
        {
            throw failed;
        }

        if (head.Position != expected)
        {
            throw new ExpectedPositionException(expected, head.Position);
        }

        if (events.Count == 0)
        {
            return [];
        }

        var stored = Chain.Seal(head.Position, head.Hash, events, committedAt);
        Guarded(() =>
        {
            inserts.Append(expected, stored);
            head = new(stored[^1].Position, stored[^1].Hash);
            mark.Write(head);
            unmovedBytes += CommitBytes + stored.Sum(static e => RowBytes + e.Body.Length);
            if (unmovedBytes > LogBytesMax)
            {
                Checkpoint();
            }
        });
        return stored;
    }

    /// <summary>Writes the journal's end as it stands and flushes it. A full disk is another matter: the reserve has room for what people say.</summary>
    public void Prove()
    {
        try
        {
            inserts.Prove(head);
            unmovedBytes += CommitBytes;
        }
        catch (SqliteFaultException fault) when (fault.IsFull)
        {
            // The disk flushes what it has room for.
        }
        catch (Exception fault)
        {
            throw failed = new JournalFailedException($"The journal '{path}' could not be written: {fault.Message}", fault);
        }
    }

    /// <summary>Moves the log into the file while nobody waits. A failure is heard by the next append.</summary>
    public void CheckpointWhenIdle()
    {
        if (unmovedBytes > 0 && failed is null)
        {
            try
            {
                Guarded(Checkpoint);
            }
            catch (JournalFailedException)
            {
                // Kept in `failed`.
            }
        }
    }

    public void Dispose()
    {
        mark.Dispose();
        inserts.Dispose();
        if (failed is not null)
        {
            database.LeaveLogOnClose();
        }

        database.Dispose();
    }

    /// <summary>Moves the log into the file; answers whether all of it was moved.</summary>
    public bool CheckpointNow()
    {
        if (failed is not null)
        {
            throw failed;
        }

        Guarded(Checkpoint);
        return unmovedBytes == 0;
    }

    private string? LossSince(HeadOfJournal? known)
    {
        if (known is null || known == head || known.Position < head.Position)
        {
            return null;
        }

        return known.Position > head.Position
            ? $"The journal had reached event {known.Position} and now ends at {head.Position}: "
                + $"{known.Position.Value - head.Position.Value} acknowledged events are missing from its end. "
                + "Compare with a mirror or the newest backup."
            : $"Event {head.Position} of the journal is not the one that was acknowledged: another file was put in its place.";
    }

    private void Checkpoint()
    {
        try
        {
            // A reader in the way is short; the rest is moved at the next idle moment, or once half as much has come.
            unmovedBytes = database.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE) ? 0 : LogBytesMax / 2;
        }
        catch (SqliteFaultException fault) when (fault.IsFull)
        {
            // Nothing failed to become durable: everything stays in the log until there is room in the file.
            unmovedBytes = LogBytesMax / 2;
        }
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault)
        {
            throw failed = new JournalFailedException($"The journal '{path}' could not be written: {fault.Message}", fault);
        }
    }
}
