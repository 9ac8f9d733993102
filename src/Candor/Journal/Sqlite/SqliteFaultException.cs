using SQLitePCL;

namespace Candor.Journal.Sqlite;

/// <summary>What SQLite answered instead of "done".</summary>
internal sealed class SqliteFaultException(int code, string message)
    : IOException($"SQLite: {message} (code {code}).")
{
    private const int PrimaryPart = 0xFF;

    public int Code { get; } = code;

    /// <summary>The file is not what SQLite wrote.</summary>
    public bool IsCorrupt => (Code & PrimaryPart) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>The volume has no room.</summary>
    public bool IsFull => (Code & PrimaryPart) == raw.SQLITE_FULL;
}
