using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Candor.Effects;

namespace Candor.Mirrors.Telling;

/// <summary>
/// What a mirror has told to whom, on its disk before the next one is told, so that whoever was told is not told again
/// after it was killed. People stand in it by a hash of their link to leave by, which nobody can guess; no address does.
/// May be used from any thread.
/// </summary>
internal sealed partial class TellingBook(IDisk disk, string folder, TimeProvider time)
{
    public const string FileName = "mirror.tellings";

    private const string RowsName = "mirror.told";
    private const int NotesBytesMax = 16 << 20;
    private const int LeaversMax = 100_000;
    private const int HashBytes = 16;
    private const int RowBytes = 1 + HashBytes;
    private const int RowsPerFile = 512;
    private const int UnclearMost = 2;
    private const byte Told = (byte)'T';
    private const byte Failed = (byte)'F';
    private const byte Unclear = (byte)'U';
    private const byte Meant = (byte)'M';

    /// <summary>So long a link in a mail leads out by the mirror.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>At most, the publisher's and this one.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Lock writing = new();
    private readonly Dictionary<string, Rows> rows = new(StringComparer.Ordinal);
    private ImmutableList<TellingEntry> tellings = [];
    private ImmutableList<Leaver> leavers = [];
    private volatile ImmutableHashSet<string> gone = [];
    private string? unread;

    public IReadOnlyList<TellingEntry> Tellings => tellings;

    public IReadOnlyList<Leaver> Leavers => leavers;

    /// <summary>Reads what was kept, and says what could not be; the file is kept beside the new one then.</summary>
    public string? Restore()
    {
        byte[]? file = null;
        try
        {
            file = disk.Read(Path.Combine(folder, FileName), NotesBytesMax);
            if (file is not null && JsonSerializer.Deserialize(file, TellingJson.Default.TellingNotes) is { } notes)
            {
                (tellings, leavers) = ([.. notes.Tellings.Where(static one => Bulletin.IsId(one.Bulletin))], [.. notes.Leavers]);
                gone = [.. leavers.Select(static one => one.Link)];
            }
        }
        catch (IOException fault)
        {
            // It holds who has left: what cannot be read today may be tomorrow, and is not replaced by less.
            unread = fault.Message;
            return fault.Message;
        }
        catch (JsonException fault)
        {
            return Keep(file!) ? fault.Message : $"{fault.Message} It could not be kept either.";
        }

        return tellings.Aggregate((string?)null, (complaint, telling) => Loaded(telling.Bulletin) ?? complaint);
    }

    /// <summary>What is in the way, of this one; the others are loaded all the same.</summary>
    private string? Loaded(string bulletin)
    {
        try
        {
            Load(bulletin);
            return null;
        }
        catch (IOException fault)
        {
            return fault.Message;
        }
    }

    private bool Keep(byte[] file)
    {
        try
        {
            disk.Replace(Path.Combine(folder, FileName + ".damaged"), file);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public TellingEntry? Find(string bulletin) => tellings.FirstOrDefault(one => one.Bulletin == bulletin);

    public int BegunSince(DateTimeOffset moment) => tellings.Count(one => one.BegunAt > moment);

    /// <summary>How many are done of whom others than these know: who was told from contacts that were sealed before.</summary>
    public int DoneBeside(string bulletin, ContactList list)
    {
        lock (gate)
        {
            return rows.TryGetValue(bulletin, out var those)
                ? those.Done.Except(list.People.Select(static one => HashOf(one.Leave))).Count() : 0;
        }
    }

    /// <summary>Begins one, or goes on with it. Throws <see cref="IOException"/> where the disk does not take it.</summary>
    /// <param name="home">The mirror's address as readers have it.</param>
    public void Begin(Bulletin bulletin, int total, string? home = null)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            foreach (var old in tellings.Where(one => now - one.BegunAt > KeptFor))
            {
                Drop(old.Bulletin);
            }

            Load(bulletin.Id);
            var begun = Find(bulletin.Id) ?? new(bulletin.Id, bulletin.Incident, now, total);
            Become(
                [.. tellings.Where(one => one.Bulletin != bulletin.Id && now - one.BegunAt <= KeptFor), begun with { Total = total, IsOver = false, IsReported = false, RefusedAt = null, Home = home }],
                [.. leavers.Where(one => !one.IsHandedIn || now - one.At <= KeptFor)]);
        }
    }

    public void Change(string bulletin, Func<TellingEntry, TellingEntry> change)
    {
        lock (gate)
        {
            Become([.. tellings.Select(one => one.Bulletin == bulletin ? change(one) : one)], leavers);
        }
    }

    /// <summary>Whom the mail server took a mail for, whom it refused, and of whom that is not known and will not be.</summary>
    public (int Told, int Failed, int Unclear) CountsOf(string bulletin)
    {
        lock (gate)
        {
            return rows.TryGetValue(bulletin, out var those)
                ? (those.Told.Count, those.Failed.Count, those.Lost.Count())
                : default;
        }
    }

    /// <summary>False where who was told could not be read, so that nobody can say how many they are.</summary>
    public bool IsLoaded(string bulletin)
    {
        lock (gate)
        {
            return rows.ContainsKey(bulletin);
        }
    }

    /// <summary>Whether nothing is left to do for somebody.</summary>
    public bool IsDone(string bulletin, string leave)
    {
        lock (gate)
        {
            return rows.TryGetValue(bulletin, out var those) && those.IsDone(HashOf(leave));
        }
    }

    /// <summary>
    /// Notes whom a mail may go to, before one goes: whoever dies between sending it and noting that leaves a mail whose link
    /// leads out all the same. Durable on return. Throws <see cref="IOException"/> where the disk does not take it.
    /// </summary>
    public void Announce(string bulletin, IEnumerable<ContactEntry> people)
    {
        Rows those;
        lock (gate)
        {
            those = rows[bulletin];
            those.Waiting.AddRange(people.Select(static one => HashOf(one.Leave)).Where(hash => !those.Has(hash)).Select(static hash => (hash, Meant)).ToList());
        }

        Flush(bulletin, those);
    }

    /// <summary>Durable on return, together with whatever else waits to be. Throws <see cref="IOException"/> where the disk does not take it.</summary>
    public void Note(string bulletin, string leave, TellingOutcome outcome)
    {
        Rows those;
        lock (gate)
        {
            those = rows[bulletin];
            those.Waiting.Add((HashOf(leave), KindOf(outcome)));
        }

        Flush(bulletin, those);
    }

    private void Flush(string bulletin, Rows those)
    {
        lock (writing)
        {
            while (true)
            {
                List<(UInt128 Hash, byte Kind)> mine;
                lock (gate)
                {
                    mine = [.. those.Waiting.Take(RowsPerFile - (those.Newest.Length / RowBytes))];
                }

                if (mine.Count == 0)
                {
                    return;
                }

                byte[] next = [.. those.Newest, .. mine.SelectMany(static row => Row(row.Hash, row.Kind))];
                disk.Replace(PathOf(bulletin, those.Files), next);
                lock (gate)
                {
                    those.Waiting.RemoveRange(0, mine.Count);
                    mine.ForEach(row => those.Add(row.Hash, row.Kind));
                    (those.Newest, those.Files) = next.Length == RowsPerFile * RowBytes ? ([], those.Files + 1) : (next, those.Files);
                }
            }
        }
    }

    /// <summary>A mail of this mirror held that link, or was about to.</summary>
    public bool Knows(string leave)
    {
        lock (gate)
        {
            var hash = HashOf(leave);
            return rows.Values.Any(those => those.Has(hash));
        }
    }

    public bool HasLeft(string leave) => gone.Contains(leave);

    /// <summary>Somebody wants no more. False where no mail of this mirror held that link.</summary>
    public bool Leave(string leave)
    {
        lock (gate)
        {
            if (!Knows(leave))
            {
                return false;
            }

            if (!HasLeft(leave) && leavers.Count < LeaversMax)
            {
                Become(tellings, leavers.Add(new(leave, time.GetUtcNow())));
            }

            return HasLeft(leave);
        }
    }

    /// <param name="isTaken">The publisher knew them, so what it says of them from now on is said after they left.</param>
    public void HandIn(Leaver leaver, bool isTaken)
    {
        lock (gate)
        {
            Become(tellings, [.. leavers.Select(one => one.Link == leaver.Link ? one with { IsHandedIn = true, TakenAt = isTaken ? time.GetUtcNow() : null } : one)]);
        }
    }

    /// <summary>The publisher said, the first time, that it does not know them.</summary>
    public void Refuse(Leaver leaver, DateTimeOffset at)
    {
        lock (gate)
        {
            Become(tellings, [.. leavers.Select(one => one.Link == leaver.Link ? one with { RefusedAt = at } : one)]);
        }
    }

    /// <summary>Whoever left, and stands in contacts that the publisher sealed after it had taken that, has come back.</summary>
    public void Readmit(ContactList list, DateTimeOffset sealedAt)
    {
        lock (gate)
        {
            var listed = list.People.Select(static one => one.Leave).ToHashSet(StringComparer.Ordinal);
            var left = leavers.RemoveAll(one => one.TakenAt + ClocksDiffer < sealedAt && listed.Contains(one.Link));
            if (left.Count != leavers.Count)
            {
                Become(tellings, left);
            }
        }
    }

    private void Load(string bulletin)
    {
        if (rows.ContainsKey(bulletin))
        {
            return;
        }

        var those = new Rows();
        while (disk.Read(PathOf(bulletin, those.Files), RowsPerFile * RowBytes) is { } file)
        {
            for (var at = 0; at + RowBytes <= file.Length; at += RowBytes)
            {
                those.Add(BinaryPrimitives.ReadUInt128BigEndian(file.AsSpan(at + 1)), file[at]);
            }

            those.Newest = file.Length < RowsPerFile * RowBytes ? file : [];
            if (those.Newest.Length > 0)
            {
                break;
            }

            those.Files++;
        }

        rows[bulletin] = those;
    }

    private void Drop(string bulletin)
    {
        for (var file = rows.TryGetValue(bulletin, out var those) ? those.Files : 0; file >= 0; file--)
        {
            disk.Delete(PathOf(bulletin, file));
        }

        rows.Remove(bulletin);
    }

    private void Become(ImmutableList<TellingEntry> next, ImmutableList<Leaver> left)
    {
        if (unread is not null)
        {
            throw new IOException($"{FileName} could not be read at the start, and is not written over: {unread}");
        }

        disk.Replace(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(new([.. next], [.. left]), TellingJson.Default.TellingNotes));
        (tellings, leavers, gone) = (next, left, ReferenceEquals(left, leavers) ? gone : [.. left.Select(static one => one.Link)]);
    }

    private string PathOf(string bulletin, int file) => Path.Combine(folder, $"{RowsName}.{bulletin}.{file}");

    private static UInt128 HashOf(string leave) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(leave)));

    private static byte KindOf(TellingOutcome outcome) => outcome switch
    {
        TellingOutcome.Told => Told,
        TellingOutcome.Refused => Failed,
        _ => Unclear,
    };

    private static byte[] Row(UInt128 hash, byte kind)
    {
        var row = new byte[RowBytes];
        row[0] = kind;
        BinaryPrimitives.WriteUInt128BigEndian(row.AsSpan(1), hash);
        return row;
    }
}
