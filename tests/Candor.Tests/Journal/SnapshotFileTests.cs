using Candor.Journal;

namespace Candor.Tests.Journal;

public sealed class SnapshotFileTests
{
    private const string Path = "/data/world.snapshot";

    private readonly MemoryDisk disk = new(100_000_000);
    private readonly Snapshot snapshot = new(
        7, new(1234), ChainHash.From(Enumerable.Range(1, 32).Select(static i => (byte)i).ToArray()), "the state"u8.ToArray());

    private SnapshotFile File => new(disk, Path);

    [Fact]
    public void What_was_written_is_read_back()
    {
        File.Write(snapshot);

        var read = File.Read().Snapshot;

        Assert.Equal(snapshot with { Payload = default }, read! with { Payload = default });
        Assert.Equal(snapshot.Payload.ToArray(), read.Payload.ToArray());
    }

    [Fact]
    public void No_file_is_no_fault() => Assert.Equal(SnapshotReading.None, File.Read());

    [Fact]
    public void Every_single_flipped_bit_is_found_and_the_file_is_set_aside()
    {
        File.Write(snapshot);
        var good = disk.Files[Path];
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var bad = (byte[])good.Clone();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            disk.Files[Path] = bad;

            var reading = File.Read();

            Assert.True(reading.Snapshot is null, $"bit {bit} was not noticed");
            Assert.Contains("replayed", reading.Fault, StringComparison.Ordinal);
            Assert.Equal(bad, disk.Files[Path + ".damaged"]);
            Assert.False(disk.Files.ContainsKey(Path));
        }
    }

    [Fact]
    public void Every_shorter_or_longer_file_is_found()
    {
        File.Write(snapshot);
        var good = disk.Files[Path];
        for (var length = 0; length < good.Length; length++)
        {
            disk.Files[Path] = good[..length];
            Assert.Null(File.Read().Snapshot);
        }

        disk.Files[Path] = [.. good, 0];
        Assert.Null(File.Read().Snapshot);
    }

    [Fact]
    public void A_damaged_file_on_a_full_disk_is_reported_all_the_same()
    {
        File.Write(snapshot);
        disk.Files[Path][^1] ^= 1;
        disk.Filler = 100_000_000;

        var reading = File.Read();

        Assert.Null(reading.Snapshot);
        Assert.Contains("could not be set aside", reading.Fault, StringComparison.Ordinal);
    }
}
