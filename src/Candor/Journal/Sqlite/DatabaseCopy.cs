using SQLitePCL;

namespace Candor.Journal.Sqlite;

/// <summary>A consistent copy of a database while somebody else writes to it: one snapshot, read only, in one file.</summary>
internal static class DatabaseCopy
{
    private const int PagesAtOnce = 512;

    /// <summary>Copies to a file that must not exist; progress is in pages. The copy needs no log beside it.</summary>
    public static void Make(
        string from, string to, IProgress<(long Done, long Total)> progress, CancellationToken cancellation)
    {
        using var source = Database.OpenReader(from);
        using var target = Database.OpenWriter(to);

        // Held open for the whole copy: every page is then of the same moment, however much is written meanwhile.
        source.Execute("BEGIN;");
        source.Number("SELECT count(*) FROM sqlite_master;");
        using (var copying = raw.sqlite3_backup_init(target.Handle, "main", source.Handle, "main"))
        {
            int code;
            do
            {
                cancellation.ThrowIfCancellationRequested();
                code = raw.sqlite3_backup_step(copying, PagesAtOnce);
                var total = raw.sqlite3_backup_pagecount(copying);
                progress.Report((total - raw.sqlite3_backup_remaining(copying), total));
            }
            while (code is raw.SQLITE_OK or raw.SQLITE_BUSY or raw.SQLITE_LOCKED);

            if (code != raw.SQLITE_DONE)
            {
                throw new SqliteFaultException(code, $"'{from}' could not be copied");
            }
        }

        target.KeepNoLog();
    }
}
