namespace Candor.Journal.Sqlite;

/// <summary>
/// The columns of a row, straight from the library. The managed wrapper takes a safe handle at each call; eleven calls
/// for each of a million events are a quarter of a replay. Only for the statement that reads events, on its own thread.
/// </summary>
internal static unsafe class NativeColumns
{
    // None of these waits for anything, so that the collector need not be told of the call.
    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int, long> Int64 =
        (delegate* unmanaged[SuppressGCTransition]<nint, int, long>)NativeSqlite.Export("sqlite3_column_int64");

    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int, byte*> Blob =
        (delegate* unmanaged[SuppressGCTransition]<nint, int, byte*>)NativeSqlite.Export("sqlite3_column_blob");

    private static readonly delegate* unmanaged[SuppressGCTransition]<nint, int, int> Length =
        (delegate* unmanaged[SuppressGCTransition]<nint, int, int>)NativeSqlite.Export("sqlite3_column_bytes");

    public static long Number(nint statement, int column) => Int64(statement, column);

    /// <summary>Valid until the statement moves on. The address is asked for before the length, as SQLite wants it.</summary>
    public static ReadOnlySpan<byte> Bytes(nint statement, int column)
    {
        var start = Blob(statement, column);
        return new(start, start is null ? 0 : Length(statement, column));
    }
}
