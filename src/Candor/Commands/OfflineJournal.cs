using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.Node;
using Candor.Pages.Audiences;
using Candor.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Commands;

/// <summary>The journal of a data folder for a command, while no server works there.</summary>
internal static class OfflineJournal
{
    private const int Page = 4096;

    /// <summary>The world as the folder has it. Takes no lock and writes nothing, so a server may be running.</summary>
    public static World Read(string folder, TimeProvider time) => ReadTo(folder, time).World;

    /// <summary>The same, and how far the journal goes.</summary>
    public static (World World, Position End) ReadTo(string folder, TimeProvider time)
    {
        var (world, file) = (World.Empty, FileIn(folder));
        if (!File.Exists(file))
        {
            return (world, Position.Start);
        }

        using var database = Database.OpenReader(file);
        using var reader = new EventReader(database);
        var folding = new WorldFolding(time);
        var head = new Position(database.Number("SELECT position FROM head WHERE only = 1;"));
        var at = Position.Start;
        while (reader.Read(at, Page, head) is { Count: > 0 } page)
        {
            world = page.Aggregate(world, (before, stored) => folding.Fold(before, folding.Decode(stored), stored.Stamp));
            at = page[^1].Position;
        }

        return (world, at);
    }

    /// <summary>Takes the folder, decides against what is in it, and commits. Ends the command where a server holds it.</summary>
    public static Task CommitAsync(
        string folder, Func<World, Decision<Event>> decide, TimeProvider time, CancellationToken cancellation) => UseAsync(
        folder,
        "Save the file where that server watches it (its --config): it is in force within seconds.",
        time,
        journal => CommitAsync(journal, decide, cancellation),
        cancellation);

    /// <summary>Commits to a journal that is open, or ends the command with the reason why not.</summary>
    public static async Task CommitAsync(Journal<World, Event> journal, Func<World, Decision<Event>> decide, CancellationToken cancellation)
    {
        var outcome = await journal.CommitAsync(decide, CommitClass.Essential, cancellation);
        if (outcome.Refusal is { } refusal)
        {
            throw new CommandFault(refusal.Sentence, "`candor doctor` looks at the disk and the data folder.");
        }
    }

    /// <summary>Takes the folder and opens its journal for as long as the work takes.</summary>
    /// <param name="instead">What to do where a server works there.</param>
    public static async Task UseAsync(
        string folder, string instead, TimeProvider time, Func<Journal<World, Event>, Task> work, CancellationToken cancellation)
    {
        using var taken = OfflineFolder.Take(folder, "its journal cannot be written from here", instead);
        var journal = new Journal<World, Event>(
            async stopping => await SqliteJournalStore.OpenAsync(FileIn(folder), stopping),
            new WorldFolding(time), null, time, JournalLimits.Default, NullLogger.Instance);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = journal.RunAsync(ended.Token);
        try
        {
            await journal.WaitForOpenAsync(cancellation);
            var gates = GatesOf(journal.State);
            await work(journal);
            if (GatesOf(journal.State) != gates)
            {
                // The next start shows the pages that were saved before it has read any of this: not what was for other eyes.
                Array.ForEach(Directory.GetFiles(folder, "pages*"), File.Delete);
            }
        }
        catch (JournalFailedException fault)
        {
            throw new CommandFault(fault.Message, "`candor doctor` looks at the data folder; `candor verify` at the journal.");
        }
        finally
        {
            await ended.CancelAsync();
            await running;
        }
    }

    /// <summary>What everybody and each audience is kept from; another value means that pages have to go.</summary>
    private static string GatesOf(World world) => string.Join('\n', world.Page.Audiences.Select(static name => (string?)name).Prepend(null)
        .Select(name => $"{name} {new AudienceView(name, world).Gate(world)}"));

    public static string FileIn(string folder) => Path.Combine(folder, "journal.db");
}
