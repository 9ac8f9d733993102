using System.Text;
using SQLitePCL;

namespace Candor.Journal.Sqlite;

/// <summary>The statements that append a batch in one transaction.</summary>
internal sealed class EventInserts : IDisposable
{
    private readonly Database database;
    private readonly sqlite3_stmt begin;
    private readonly sqlite3_stmt insert;
    private readonly sqlite3_stmt moveHead;
    private readonly sqlite3_stmt spoilHead;
    private readonly sqlite3_stmt commit;

    public EventInserts(Database database)
    {
        this.database = database;
        begin = database.Prepare("BEGIN IMMEDIATE;");
        insert = database.Prepare("INSERT INTO event (" + EventRow.Columns + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);");
        moveHead = database.Prepare("UPDATE head SET position = ?1, hash = ?2 WHERE only = 1 AND position = ?3;");
        spoilHead = database.Prepare("UPDATE head SET hash = randomblob(32) WHERE only = 1;");
        commit = database.Prepare("COMMIT;");
    }

    /// <summary>All or nothing, durable on return. Whatever it throws, the connection must not write again.</summary>
    public void Append(Position expected, IReadOnlyList<Envelope> events) =>
        Commit(expected, events, new(events[^1].Position, events[^1].Hash));

    /// <summary>
    /// Writes the end once more as it is, by way of something else: of a row that stays the same SQLite writes nothing, and so
    /// flushes nothing. Whatever it throws, the connection must not write again.
    /// </summary>
    public void Prove(HeadOfJournal head) => Commit(head.Position, [], head, spoilHead);

    public void Dispose()
    {
        begin.Dispose();
        insert.Dispose();
        moveHead.Dispose();
        spoilHead.Dispose();
        commit.Dispose();
    }

    private void Commit(Position expected, IReadOnlyList<Envelope> events, HeadOfJournal head, sqlite3_stmt? first = null)
    {
        Run(begin);
        try
        {
            if (first is not null)
            {
                Run(first);
            }

            foreach (var envelope in events)
            {
                Insert(envelope);
            }

            raw.sqlite3_bind_int64(moveHead, 1, head.Position.Value);
            BindHash(moveHead, 2, head.Hash);
            raw.sqlite3_bind_int64(moveHead, 3, expected.Value);
            Run(moveHead);
            if (raw.sqlite3_changes(database.Handle) != 1)
            {
                throw new IOException("another process has written to this journal; one data folder is for one process.");
            }

            Run(commit);
        }
        catch
        {
            _ = raw.sqlite3_exec(database.Handle, "ROLLBACK;");
            throw;
        }
    }

    private void Insert(Envelope envelope)
    {
        Span<byte> letters = stackalloc byte[256];
        var kind = letters[..Encoding.UTF8.GetBytes(envelope.Kind, letters)];
        raw.sqlite3_bind_int64(insert, 1, envelope.Position.Value);
        raw.sqlite3_bind_text(insert, 2, kind);
        raw.sqlite3_bind_int64(insert, 3, envelope.OccurredAt.UtcTicks);
        raw.sqlite3_bind_int64(insert, 4, envelope.ArrivedAt.UtcTicks);
        raw.sqlite3_bind_int64(insert, 5, envelope.CommittedAt.UtcTicks);
        raw.sqlite3_bind_int64(insert, 6, Chain.Checksum(envelope.Stamp, kind, envelope.Body.Span, envelope.Hash));
        BindHash(insert, 7, envelope.Hash);
        raw.sqlite3_bind_blob(insert, 8, envelope.Body.Span);
        Run(insert);
    }

    private static void BindHash(sqlite3_stmt statement, int index, ChainHash hash)
    {
        Span<byte> bytes = stackalloc byte[ChainHash.Size];
        hash.CopyTo(bytes);
        raw.sqlite3_bind_blob(statement, index, bytes);
    }

    private void Run(sqlite3_stmt statement)
    {
        try
        {
            while (database.Step(statement))
            {
                // None of these statements returns rows.
            }
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }
}
