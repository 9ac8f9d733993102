namespace Candor.Journal.Sqlite;

/// <summary>Where the file ends; one object, so that another thread reads place and hash together.</summary>
internal sealed record HeadOfJournal(Position Position, ChainHash Hash);
