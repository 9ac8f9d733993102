using SQLitePCL;

namespace Candor.Journal.Sqlite;

/// <summary>One prepared statement, kept for the life of its connection. Values are always parameters.</summary>
internal sealed class Statement(Database database, string sql) : IDisposable
{
    private readonly sqlite3_stmt statement = database.Prepare(sql);

    /// <summary>Binds and runs to the end; whatever rows come are left.</summary>
    public void Run(params ReadOnlySpan<long> values)
    {
        Numbers(values);
        Finish();
    }

    /// <summary>Runs what was bound by hand.</summary>
    public void Finish()
    {
        try
        {
            while (database.Step(statement))
            {
                // None of the statements that are run returns rows worth having.
            }
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Binds numbers to the first parameters.</summary>
    public Statement Numbers(params ReadOnlySpan<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            raw.sqlite3_bind_int64(statement, i + 1, values[i]);
        }

        return this;
    }

    /// <summary>Binds one number to a parameter that is not among the first.</summary>
    public Statement Numbered(int index, long value)
    {
        raw.sqlite3_bind_int64(statement, index, value);
        return this;
    }

    public Statement Blob(int index, ReadOnlySpan<byte> value)
    {
        raw.sqlite3_bind_blob(statement, index, value);
        return this;
    }

    public Statement Text(int index, string value)
    {
        raw.sqlite3_bind_text(statement, index, value);
        return this;
    }

    public Statement Real(int index, double value)
    {
        raw.sqlite3_bind_double(statement, index, value);
        return this;
    }

    /// <summary>Calls back for each row; the row is valid only during the call. False from the callback ends it.</summary>
    public void Each(Func<sqlite3_stmt, bool> row)
    {
        try
        {
            while (database.Step(statement) && row(statement))
            {
                // The callback did the work.
            }
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();
}
