using System.Text;
using System.Text.Json;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.State;

namespace Candor.Commands.Exports;

/// <summary>
/// Puts a complete export back: into an empty folder, or on where an earlier try broke off. Every fact is read and folded
/// before the first is written, so a file that is damaged changes nothing.
/// </summary>
internal sealed class JournalReturn(string file)
{
    private const int LineMax = 64 << 20;
    private const int BatchMax = 512;

    public async Task<Returned> ReadAsync(string folder, Action<long, long> reported, CancellationToken cancellation)
    {
        var header = Check(cancellation);
        using var taken = OfflineFolder.Take(folder, "a page cannot be put there", "Name an empty folder with --data.");
        await using var store = await SqliteJournalStore.OpenAsync(OfflineJournal.FileIn(folder), cancellation);
        var before = store.Head.Position.Value;
        await MustBeTheBeginningAsync(store, cancellation);
        var batch = new List<NewEvent>();
        var committed = default(DateTimeOffset);
        foreach (var fact in Facts().Skip((int)before))
        {
            if (batch.Count == BatchMax || (batch.Count > 0 && fact.CommittedAt != committed))
            {
                await store.AppendAsync(store.Head.Position, batch, committed, cancellation);
                reported(store.Head.Position.Value, header.Events);
                batch.Clear();
            }

            committed = fact.CommittedAt;
            batch.Add(Of(fact));
        }

        if (batch.Count > 0)
        {
            await store.AppendAsync(store.Head.Position, batch, committed, cancellation);
        }

        return new(header, store.Head.Position.Value - before, store.Head.Hash.ToString() == header.Seal);
    }

    /// <summary>Reads the whole once.</summary>
    private ExportHeader Check(CancellationToken cancellation)
    {
        var header = Header();
        var (count, world) = (0L, World.Empty);
        foreach (var fact in Facts())
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
            try
            {
                world = World.Fold(world, Kinds.Decode(fact.Kind, Encoding.UTF8.GetBytes(fact.Body.GetRawText()), fact.OccurredAt));
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                throw Damaged($"line {count + 1} is no fact that can follow those before it ({fault.Message})");
            }
        }

        return count == header.Events ? header : throw Damaged($"it holds {count} of {header.Events} facts");
    }

    private ExportHeader Header()
    {
        var first = Lines().FirstOrDefault() ?? throw Damaged("it is empty");
        try
        {
            var header = JsonSerializer.Deserialize(first, ExportJson.Default.ExportHeader);
            return header is { Format: ExportHeader.Name, Version: ExportHeader.Newest } ? header
                : throw Damaged("it is of another format, or of a newer version of Candor");
        }
        catch (JsonException)
        {
            throw Damaged("its first line is not that of an export");
        }
    }

    /// <summary>What the folder holds has to be what the file begins with.</summary>
    private async Task MustBeTheBeginningAsync(SqliteJournalStore store, CancellationToken cancellation)
    {
        var at = Position.Start;
        using var facts = Facts().GetEnumerator();
        while (await store.ReadAsync(at, BatchMax, cancellation) is { Count: > 0 } page)
        {
            foreach (var stored in page)
            {
                if (!facts.MoveNext() || facts.Current is not { } fact || fact.Kind != stored.Kind || fact.CommittedAt != stored.CommittedAt
                    || !Of(fact).Body.Span.SequenceEqual(stored.Body.Span))
                {
                    throw new CommandFault("That folder holds a page of its own; nothing was changed.", "Name an empty folder with --data.");
                }
            }

            at = page[^1].Position;
        }
    }

    private IEnumerable<ExportedFact> Facts()
    {
        foreach (var (line, i) in Lines().Skip(1).Select((line, i) => (line, i)))
        {
            ExportedFact? fact;
            try
            {
                fact = JsonSerializer.Deserialize(line, ExportJson.Default.ExportedFact);
            }
            catch (JsonException)
            {
                throw Damaged($"line {i + 2} is no fact");
            }

            yield return fact ?? throw Damaged($"line {i + 2} is no fact");
        }
    }

    private IEnumerable<string> Lines() => File.Exists(file)
        ? File.ReadLines(file).Select(line => line.Length <= LineMax ? line : throw Damaged("a line is too long"))
        : throw new CommandFault($"There is no file {file}.", "Name what `candor export --json` wrote.");

    private static NewEvent Of(ExportedFact fact) =>
        new(fact.Kind, Encoding.UTF8.GetBytes(fact.Body.GetRawText()), fact.OccurredAt, fact.ArrivedAt);

    private CommandFault Damaged(string what) => new($"{file} cannot be taken: {what}; nothing was changed.", "Export it again with `candor export --json`.");
}
