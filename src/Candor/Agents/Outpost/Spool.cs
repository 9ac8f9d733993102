using System.Globalization;
using System.Text.Json;
using Candor.Agents.Wire;
using Candor.Effects;

namespace Candor.Agents.Outpost;

/// <summary>
/// Chunks that could not be sent, on the disk, each in a file of its own. Bounded: when there is no more room the oldest history
/// goes first, and how much went is counted and told. Numbers are handed out here too, and none twice, whenever the process ends;
/// where the disk did not remember them, the core does.
/// </summary>
internal sealed class Spool
{
    public const long BytesMaxByDefault = 64 << 20;

    /// <summary>Numbers that one write to the disk makes room for.</summary>
    private const long NumbersAtOnce = 1_000;

    private const int ChunkBytesMax = ReportLimits.BytesMax * 2;
    private const string NumbersFile = "numbers";

    private readonly IDisk disk;
    private readonly string folder;
    private readonly long bytesMax;
    private readonly Queue<(long Number, long Bytes)> kept = new();
    private long next;
    private long reserved;

    /// <summary>Throws <see cref="IOException"/> where the folder cannot be read or written.</summary>
    public Spool(IDisk disk, string folder, long bytesMax)
    {
        (this.disk, this.folder, this.bytesMax) = (disk, folder, bytesMax);
        foreach (var number in disk.List(folder).Select(NumberOf).OfType<long>().Order())
        {
            kept.Enqueue((number, disk.Stat(PathOf(number))?.Bytes ?? 0));
        }

        Bytes = kept.Sum(static one => one.Bytes);
        var said = disk.Read(PathOf(NumbersFile), 64) is { } bytes
            && long.TryParse(System.Text.Encoding.ASCII.GetString(bytes), NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
        next = reserved = Math.Max(said, kept.Count > 0 ? kept.Max(static one => one.Number) : 0);
    }

    public int Count => kept.Count;

    public long Bytes { get; private set; }

    /// <summary>Chunks that were given up since this process began.</summary>
    public long Dropped { get; private set; }

    /// <summary>The highest number that was given out, or that the core is known to have.</summary>
    public long Given => next;

    /// <summary>A number above every one before it, also after the process was killed.</summary>
    public long NextNumber()
    {
        if (next >= reserved)
        {
            Reserve();
        }

        return ++next;
    }

    /// <summary>
    /// The core has taken numbers up to here that this folder does not remember: it was set back, emptied, or full. What
    /// <paramref name="run"/> saw was never sent under them and gets numbers above; how many chunks did is returned.
    /// </summary>
    public int Renumber(string run, long upTo)
    {
        var behind = kept.Count(one => one.Number <= upTo);
        var before = next;
        next = Math.Max(next, upTo);
        if (next > before)
        {
            Reserve();
        }

        var again = 0;
        for (; behind > 0 && kept.TryPeek(out var oldest) && oldest.Number <= upTo; behind--)
        {
            var chunk = Read(oldest.Number);
            Remove();
            again += chunk?.Run == run && Add(chunk with { Number = NextNumber() }) ? 1 : 0;
        }

        return again;
    }

    /// <summary>False where the disk took it not: then it is counted as given up.</summary>
    public bool Add(Chunk chunk)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(chunk, AgentJson.Default.Chunk);
        while (kept.Count > 0 && Bytes + bytes.Length > bytesMax)
        {
            Remove();
            Dropped++;
        }

        try
        {
            disk.Replace(PathOf(chunk.Number), bytes);
        }
        catch (IOException)
        {
            Dropped++;
            return false;
        }

        kept.Enqueue((chunk.Number, bytes.Length));
        Bytes += bytes.Length;
        return true;
    }

    /// <summary>The oldest chunk; null where none waits. One that cannot be read any more is given up.</summary>
    public Chunk? Oldest()
    {
        while (kept.TryPeek(out var oldest))
        {
            if (Read(oldest.Number) is { } chunk)
            {
                return chunk;
            }

            Remove();
            Dropped++;
        }

        return null;
    }

    /// <summary>The core will never take it.</summary>
    public void GiveUp(long number)
    {
        Dropped++;
        Done(number);
    }

    /// <summary>The core has it.</summary>
    public void Done(long number)
    {
        while (kept.TryPeek(out var oldest) && oldest.Number <= number)
        {
            Remove();
        }
    }

    private void Reserve()
    {
        try
        {
            disk.Replace(PathOf(NumbersFile), System.Text.Encoding.ASCII.GetBytes((next + NumbersAtOnce).ToString(CultureInfo.InvariantCulture)));
            reserved = next + NumbersAtOnce;
        }
        catch (IOException)
        {
            // A full disk must not blind us. Started anew, this place may be behind what it gave out: the core says how far it is.
        }
    }

    private Chunk? Read(long number)
    {
        try
        {
            return disk.Read(PathOf(number), ChunkBytesMax) is { } bytes ? JsonSerializer.Deserialize(bytes, AgentJson.Default.Chunk) : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return null;
        }
    }

    private void Remove()
    {
        var (number, bytes) = kept.Dequeue();
        disk.Delete(PathOf(number));
        Bytes -= bytes;
    }

    private string PathOf(long number) => PathOf(number.ToString("D15", CultureInfo.InvariantCulture));

    private string PathOf(string name) => Path.Combine(folder, name);

    private static long? NumberOf(string file) =>
        file.Length == 15 && long.TryParse(file, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
