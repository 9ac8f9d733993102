using System.Globalization;
using Candor.Journal.Sqlite;

namespace Candor.Notices.Queue.Sqlite;

/// <summary>The tables of a queue file, and the numbered steps that bring an older file to this build's form. Forward only.</summary>
internal static class QueueSchema
{
    /// <summary>"CANQ": what the file says it is.</summary>
    private const long ApplicationId = 0x43414E51;

    private const string First =
        """
        CREATE TABLE stream (
            topic TEXT NOT NULL,
            subscriber TEXT NOT NULL,
            checksum INTEGER NOT NULL,
            settled INTEGER,
            body BLOB NOT NULL,
            PRIMARY KEY (topic, subscriber)) WITHOUT ROWID;
        CREATE TABLE mark (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            position INTEGER NOT NULL,
            checksum INTEGER NOT NULL);
        PRAGMA application_id=0x43414E51;
        """;

    private static readonly string[] Steps = [First];

    public static void Prepare(Database database)
    {
        database.Text("PRAGMA journal_mode=WAL;");
        database.Execute("PRAGMA synchronous=FULL;");
        var version = database.Number("PRAGMA user_version;");
        if (version > Steps.Length)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture,
                $"The queue has format {version}; this build reads up to {Steps.Length}. Use the build that wrote it."));
        }

        for (var step = (int)version; step < Steps.Length; step++)
        {
            database.Execute("BEGIN IMMEDIATE;");
            database.Execute(Steps[step]);
            database.Execute(Mark(step + 1));
            database.Execute("COMMIT;");
        }

        if (database.Number("PRAGMA application_id;") != ApplicationId)
        {
            throw new QueueDamagedException("The file does not say that it is a queue of Candor's.");
        }
    }

    private static string Mark(int version) => version switch
    {
        1 => "PRAGMA user_version=1;",
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "A step without a mark."),
    };
}
