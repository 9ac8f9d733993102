using Candor.Effects;

namespace Candor.Journal.Sqlite;

/// <summary>
/// A journal whose file lost its end. SQLite refuses all of it; this reads the pages that are left and makes a new file
/// of every event up to the first that is missing, each with its checksum and its place in the chain verified. The torn
/// file is kept beside it. Damage anywhere but at the end is not mended here: that takes a person and a backup.
/// </summary>
internal static class TornJournal
{
    private const int EventsAtOnce = 1000;

    /// <summary>Finishes a repair that was interrupted. Call before opening.</summary>
    public static void Finish(string path)
    {
        if (File.Exists(Repaired(path)))
        {
            // The torn file and its log are kept already; a log must not meet a file that it does not belong to.
            File.Delete(path + "-wal");
            File.Delete(path + "-shm");
            LibC.Rename(Repaired(path), path);
            LibC.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
    }

    /// <summary>Puts a new file in the place of one that was cut, and keeps that one beside it.</summary>
    public static void Repair(string path)
    {
        using (var pages = RawPages.Open(path) ?? throw new InvalidDataException($"'{path}' is not a journal."))
        {
            Keep(path);
            Write(pages, path);
        }

        Finish(path);
    }

    private static string Repaired(string path) => path + ".repaired";

    private static void Keep(string path)
    {
        var number = 1;
        while (File.Exists($"{path}.torn-{number}"))
        {
            number++;
        }

        File.Copy(path, $"{path}.torn-{number}");
        if (File.Exists(path + "-wal"))
        {
            File.Copy(path + "-wal", $"{path}.torn-{number}-wal");
        }
    }

    private static void Write(RawPages pages, string path)
    {
        var unfinished = path + ".repairing";
        File.Delete(unfinished);
        File.Delete(unfinished + "-wal");
        using (var target = Database.OpenWriter(unfinished))
        {
            JournalSchema.Prepare(target);
            using var inserts = new EventInserts(target);
            var at = Position.Start;
            foreach (var batch in Intact(pages).Chunk(EventsAtOnce))
            {
                inserts.Append(at, batch);
                at = batch[^1].Position;
            }

            target.KeepNoLog();
        }

        LibC.Rename(unfinished, Repaired(path));
    }

    /// <summary>Events from the first one on, each genuine, up to the first that is not there.</summary>
    private static IEnumerable<Envelope> Intact(RawPages pages)
    {
        var page = new byte[pages.PageSize];
        var (place, hash) = (Position.Start, ChainHash.Genesis);
        foreach (var number in LeavesInOrder(pages))
        {
            if (!pages.TryRead(number, page))
            {
                continue;
            }

            foreach (var found in RawLeaf.Events(pages, page))
            {
                if (found.Position == place.Next
                    && Chain.Link(hash, found.Stamp, found.Kind, found.Body.Span) == found.Hash)
                {
                    (place, hash) = (found.Position, found.Hash);
                    yield return found;
                }
            }
        }
    }

    private static List<long> LeavesInOrder(RawPages pages)
    {
        var leaves = new List<(long First, long Number)>();
        var page = new byte[pages.PageSize];
        for (var number = 2L; number <= pages.Count; number++)
        {
            if (pages.TryRead(number, page) && RawLeaf.FirstPosition(page) is { } first)
            {
                leaves.Add((first, number));
            }
        }

        leaves.Sort();
        return [.. leaves.Select(static l => l.Number)];
    }
}
