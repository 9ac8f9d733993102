namespace Candor.Journal.Sqlite;

/// <summary>The SQLite library in use and where it came from.</summary>
internal sealed record NativeSqliteChoice(Version Version, string Origin)
{
    public override string ToString() => $"SQLite {Version}, the library {Origin}";
}
