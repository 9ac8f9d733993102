using SQLitePCL;

namespace Candor.Journal.Sqlite;

/// <summary>The file's tables and marks. Nothing in here needs a SQLite newer than 3.35.</summary>
internal static class JournalSchema
{
    /// <summary>"CAND": what the file says it is.</summary>
    public const int ApplicationId = 0x43414E44;

    private const long Version = 1;

    // `head` repeats the last event's place and hash on a page of its own: damage that hides the newest events from
    // the index cannot hide that they existed.
    private const string Tables =
        """
        CREATE TABLE event (
            position INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            occurred INTEGER NOT NULL,
            arrived INTEGER NOT NULL,
            committed INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            hash BLOB NOT NULL,
            body BLOB NOT NULL);
        CREATE TABLE head (only INTEGER PRIMARY KEY CHECK (only = 1), position INTEGER NOT NULL, hash BLOB NOT NULL);
        """;

    /// <summary>A new file's empty head, and the two numbers above.</summary>
    private const string Marks =
        " INSERT INTO head VALUES (1, 0, zeroblob(32)); PRAGMA application_id=0x43414E44; PRAGMA user_version=1;";

    /// <summary>Makes a writer of the connection, and the tables where the file is new.</summary>
    public static void Prepare(Database database)
    {
        var mode = database.Text("PRAGMA journal_mode=WAL;");
        if (mode != "wal")
        {
            throw new JournalFailedException(
                $"SQLite offers no write-ahead log for this file (it answered '{mode}'). "
                + "Put the data folder on a local file system; network file systems cannot share memory.");
        }

        database.Execute("PRAGMA synchronous=FULL;");

        // One page and no mark: a file that a crash left behind after the line above and before the tables.
        if (database.Number("PRAGMA page_count;") <= 1 && database.Number("PRAGMA application_id;") == 0)
        {
            database.Execute("BEGIN IMMEDIATE; " + Tables + Marks + " COMMIT;");
        }

        Recognise(database);

        // Also before the first append after a failed fsync: what the log holds may never have reached the disk, and
        // only writing it again, into the file, makes it durable.
        database.Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
    }

    /// <summary>Throws unless the file is a journal this build can read.</summary>
    public static void Recognise(Database database)
    {
        if (database.Number("PRAGMA application_id;") != ApplicationId)
        {
            throw new JournalCorruptException(new(1), "the file does not say that it is a journal of Candor.");
        }

        if (database.Number("PRAGMA user_version;") is not Version and var found)
        {
            throw new JournalFailedException(
                $"The journal has format {found}; this build reads format {Version}. Use the build that wrote it.");
        }

        // A bit flipped in here could change what a column means without any row being touched.
        if (database.Text("SELECT group_concat(sql || ';', char(10)) FROM sqlite_master;") != Tables)
        {
            throw new JournalCorruptException(new(1), "the file's description of its tables is not the one it was made with.");
        }
    }

    /// <summary>Where the file says it ends; the last event must agree.</summary>
    public static HeadOfJournal ReadHead(Database database)
    {
        using var select = database.Prepare("SELECT position, hash FROM head WHERE only = 1;");
        if (!database.Step(select) || raw.sqlite3_column_bytes(select, 1) != ChainHash.Size)
        {
            throw new JournalCorruptException(new(1), "the record of where the journal ends is unreadable.");
        }

        var head = new HeadOfJournal(
            new(raw.sqlite3_column_int64(select, 0)), ChainHash.From(raw.sqlite3_column_blob(select, 1)));
        if (head.Position > Position.Start)
        {
            using var reader = new EventReader(database);
            if (reader.Read(new(head.Position.Value - 1), 1, head.Position)[0].Hash != head.Hash)
            {
                throw new JournalCorruptException(head.Position, "the journal's record of its own end disagrees with it.");
            }
        }

        if (database.Number("SELECT max(position) FROM event;") > head.Position.Value)
        {
            throw new JournalCorruptException(
                head.Position.Next, "it lies behind what the journal's record of its own end says.");
        }

        return head;
    }
}
