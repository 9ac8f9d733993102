using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Candor.Effects;
using Microsoft.Extensions.Logging;

namespace Candor.Journal;

/// <summary>
/// Disk space held back for what people say when the disk is full: 8 MiB in slices of 128 KiB, given back one at a time
/// and only when somebody posts. Even a neighbour that takes every free byte at once leaves room for as many posts as
/// there are slices. Facts that machines report are refused before that; samples and other stores ask the same question.
/// </summary>
internal sealed class Reserve(IDisk disk, string folder, TimeProvider time, ILogger logger)
{
    /// <summary>The code of the refusal.</summary>
    public const string DiskFull = "disk_full";

    public const int Slices = 64;
    public const int SliceBytes = 128 * 1024;

    // Made in one go at most: each is two flushes of the disk, and nobody should wait for all of them.
    private const int SlicesAtOnce = 8;

    // Below the first, machines are refused. Below the second, a person's post takes a slice first. The third is room
    // for one post: its pages in the log, and the log's index.
    private const long OrdinaryFloor = 4L * 1024 * 1024;
    private const long EssentialFloor = 112L * 1024;
    private const long OnePost = 64L * 1024;

    private static readonly TimeSpan LookAtMostEvery = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan MendEvery = TimeSpan.FromSeconds(1);

    // What takes slices away is this class; that somebody else did is noticed all the same.
    private static readonly TimeSpan CountEvery = TimeSpan.FromMinutes(1);

    private static readonly ImmutableArray<string> Names =
        [.. Enumerable.Range(0, Slices).Select(static i => i.ToString("'slice-'00", CultureInfo.InvariantCulture))];

    private static readonly FrozenSet<string> NameSet = Names.ToFrozenSet(StringComparer.Ordinal);
    private static readonly byte[] Slice = MakeSlice();

    private readonly Lock gate = new();
    private long free;
    private long? lookedAt;
    private long? wholeAt;

    /// <summary>Whether the last look found room for everything.</summary>
    public bool IsTight
    {
        get
        {
            lock (gate)
            {
                return Free() < OrdinaryFloor;
            }
        }
    }

    /// <summary>Null where there is room for a commit of this class; else the refusal its caller gets, at once.</summary>
    public Refusal? Admit(CommitClass commitClass)
    {
        lock (gate)
        {
            if (commitClass == CommitClass.Essential)
            {
                // People post rarely, and what was free two milliseconds ago may be gone.
                lookedAt = null;
            }

            if (Free() >= (commitClass == CommitClass.Ordinary ? OrdinaryFloor : EssentialFloor))
            {
                return null;
            }

            if (commitClass == CommitClass.Ordinary)
            {
                return Full("Facts that machines report are not kept until there is room; what people post still is.");
            }

            ReleaseUntil(EssentialFloor);
            return free >= OnePost ? null : Full("The reserve for people's posts is used up.");
        }
    }

    /// <summary>Makes room for opening a journal whose log still has to be moved into its file.</summary>
    public void MakeRoomFor(long bytes)
    {
        lock (gate)
        {
            lookedAt = null;
            Free();
            ReleaseUntil(bytes + EssentialFloor);
        }
    }

    /// <summary>Makes some of the slices that are missing, while that leaves room for everything else.</summary>
    public void Refill()
    {
        lock (gate)
        {
            try
            {
                var missing = Names.Except(disk.List(folder), StringComparer.Ordinal).ToArray();
                lookedAt = null;
                foreach (var name in missing.Take(SlicesAtOnce).TakeWhile(_ => Free() >= OrdinaryFloor + (2 * SliceBytes)))
                {
                    disk.Replace(Path.Combine(folder, name), Slice);
                    lookedAt = null;
                }

                if (missing.Length > 0 && Count() == Slices)
                {
                    JournalLog.ReserveWhole(logger);
                }
            }
            catch (IOException fault)
            {
                JournalLog.ReserveFailed(logger, fault);
            }
        }
    }

    /// <summary>Keeps the reserve whole whenever there is room; runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                if (!IsWhole())
                {
                    Refill();
                }

                await Task.Delay(MendEvery, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The slices stay for the next start.
        }
    }

    /// <summary>Not zeros: a file system that compresses or leaves holes would keep no room at all.</summary>
    private static byte[] MakeSlice()
    {
        var bytes = new byte[SliceBytes];
        var noise = 0x9E3779B97F4A7C15UL;
        for (var i = 0; i < bytes.Length; i++)
        {
            noise ^= noise << 13;
            noise ^= noise >> 7;
            noise ^= noise << 17;
            bytes[i] = (byte)noise;
        }

        return bytes;
    }

    private bool IsWhole()
    {
        lock (gate)
        {
            if (wholeAt is { } at && time.GetElapsedTime(at) < CountEvery)
            {
                return true;
            }

            wholeAt = Count() == Slices ? time.GetTimestamp() : null;
            return wholeAt is not null;
        }
    }

    private int Count() => disk.List(folder).Count(NameSet.Contains);

    private long Free()
    {
        if (lookedAt is not { } at || time.GetElapsedTime(at) >= LookAtMostEvery)
        {
            free = disk.FreeBytes(folder);
            lookedAt = time.GetTimestamp();
        }

        return free;
    }

    private void ReleaseUntil(long wanted)
    {
        foreach (var name in Names.Reverse())
        {
            if (Free() >= wanted)
            {
                return;
            }

            if (disk.Stat(Path.Combine(folder, name)) is not null)
            {
                disk.Delete(Path.Combine(folder, name));
                (lookedAt, wholeAt) = (null, null);
                JournalLog.ReserveReleased(logger, Count(), Free());
            }
        }
    }

    private Refusal Full(string meanwhile) => new(DiskFull, string.Create(
        CultureInfo.InvariantCulture,
        $"The disk that holds '{folder}' is full ({free / 1024} KiB left). {meanwhile} Free some space; nothing needs to be restarted."));
}
