using System.Globalization;
using Candor.Journal.Sqlite;

namespace Candor.Samples.Sqlite;

/// <summary>The tables of samples.db. Slots come first in the key of roll-ups: a write touches neighbouring pages, and so does deleting old ones.</summary>
internal static class SampleSchema
{
    private const long Version = 1;

    private const string Tables =
        """
        CREATE TABLE series (
            number INTEGER PRIMARY KEY,
            monitor TEXT NOT NULL,
            vantage TEXT NOT NULL,
            UNIQUE (monitor, vantage));
        CREATE TABLE batch (
            number INTEGER PRIMARY KEY,
            oldest INTEGER NOT NULL,
            newest INTEGER NOT NULL,
            body BLOB NOT NULL);
        CREATE INDEX batch_newest ON batch (newest);
        CREATE TABLE rollup (
            tier INTEGER NOT NULL,
            slot INTEGER NOT NULL,
            series INTEGER NOT NULL,
            up_to INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (tier, slot, series)) WITHOUT ROWID;
        CREATE TABLE gauge (
            slot INTEGER NOT NULL,
            series INTEGER NOT NULL,
            name TEXT NOT NULL,
            unit TEXT NOT NULL,
            at INTEGER NOT NULL,
            last REAL NOT NULL,
            least REAL NOT NULL,
            greatest REAL NOT NULL,
            sum REAL NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (slot, series, name)) WITHOUT ROWID;
        CREATE TABLE mark (only INTEGER PRIMARY KEY CHECK (only = 1), last_write INTEGER NOT NULL, replay_after INTEGER NOT NULL);
        INSERT INTO mark VALUES (1, 0, 0);
        """;

    /// <summary>Came later: a build that does not know this table leaves it alone, so the format is the same.</summary>
    private const string Values =
        """
        CREATE TABLE IF NOT EXISTS value (
            tier INTEGER NOT NULL,
            slot INTEGER NOT NULL,
            metric TEXT NOT NULL,
            at INTEGER NOT NULL,
            last REAL NOT NULL,
            least REAL NOT NULL,
            greatest REAL NOT NULL,
            sum REAL NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (tier, slot, metric)) WITHOUT ROWID;
        """;

    /// <summary>Makes the tables where the file is new; throws where it is of another format.</summary>
    public static void Prepare(Database database)
    {
        // NORMAL: a power cut may take the writes since the last checkpoint but never damages the file. No reading is
        // worth a sync of the disk that the journal waits for.
        database.Text("PRAGMA journal_mode=WAL;");
        database.Execute("PRAGMA synchronous=NORMAL;");
        if (database.Number("PRAGMA page_count;") <= 1 && database.Number("PRAGMA user_version;") == 0)
        {
            database.Execute("BEGIN IMMEDIATE; " + Tables + " PRAGMA user_version=1; COMMIT;");
        }

        if (database.Number("PRAGMA user_version;") is not Version and var found)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture,
                $"samples.db has format {found}; this build reads format {Version}. Use the build that wrote it, or move the file away."));
        }

        database.Execute(Values);
    }
}
