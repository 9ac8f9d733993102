using System.Globalization;
using Candor.Journal.Sqlite;

namespace Candor.Access.Sqlite;

/// <summary>
/// The one table of people.db, and the numbered steps that bring an older file to this build's form. Forward only: a newer
/// file is refused, never guessed at.
/// </summary>
internal static class PeopleSchema
{
    /// <summary>"CANP": what the file says it is.</summary>
    private const long ApplicationId = 0x43414E50;

    // Few rows, read whole at the start and decided about in memory: columns of their own would serve nobody.
    private const string First =
        """
        CREATE TABLE entry (
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            checksum INTEGER NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (kind, key)) WITHOUT ROWID;
        PRAGMA application_id=0x43414E50;
        """;

    private static readonly string[] Steps = [First];

    public static void Prepare(Database database)
    {
        database.Text("PRAGMA journal_mode=WAL;");
        database.Execute("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
        var version = database.Number("PRAGMA user_version;");
        if (version > Steps.Length)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture,
                $"people.db has format {version}; this build reads up to {Steps.Length}. Use the build that wrote it."));
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
            throw new IOException("people.db does not say that it is Candor's list of people. Move it away, or restore it from a backup.");
        }
    }

    private static string Mark(int version) => version switch
    {
        1 => "PRAGMA user_version=1;",
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, "A step without a mark."),
    };
}
