using Candor.Agents.Outpost;
using Candor.Agents.Wire;
using Candor.Tests.Effects;

namespace Candor.Tests.Agents;

public sealed class SpoolTests
{
    private readonly FakeDisk disk = new();

    [Fact]
    public void Chunks_come_out_oldest_first_also_after_a_restart()
    {
        var spool = Open();
        spool.Add(Chunk(1));
        spool.Add(Chunk(2));

        var again = Open();
        Assert.Equal(1, again.Oldest()!.Number);
        again.Done(1);
        Assert.Equal((2, 1), (again.Oldest()!.Number, again.Count));
        again.Done(2);
        Assert.Null(again.Oldest());
    }

    [Fact]
    public void A_number_is_never_given_out_twice_wherever_the_process_ends()
    {
        var given = new HashSet<long>();
        for (var start = 0; start < 3; start++)
        {
            var spool = Open();
            Assert.All(Enumerable.Range(0, 1_001), _ => Assert.True(given.Add(spool.NextNumber())));
        }
    }

    [Fact]
    public void When_it_is_full_the_oldest_history_goes_and_is_counted()
    {
        var spool = Open(bytesMax: 600);
        for (var number = 1; number <= 20; number++)
        {
            spool.Add(Chunk(number));
        }

        Assert.True(spool.Bytes <= 600);
        Assert.Equal(20, spool.Count + spool.Dropped);
        Assert.Equal(20 - spool.Count + 1, spool.Oldest()!.Number);
    }

    [Fact]
    public void What_a_full_disk_does_not_take_is_counted_and_what_cannot_be_read_is_given_up()
    {
        var spool = Open();
        spool.Add(Chunk(1));
        spool.Add(Chunk(2));
        disk.IsFull = true;
        Assert.False(spool.Add(Chunk(3)));
        disk.Files[disk.Files.Keys.Order(StringComparer.Ordinal).First()] = "{half"u8.ToArray();

        Assert.Equal(2, spool.Oldest()!.Number);
        Assert.Equal(2, spool.Dropped);
    }

    [Fact]
    public void A_full_disk_keeps_no_number_back_and_once_there_is_room_they_are_remembered()
    {
        disk.IsFull = true;
        var spool = Open();
        Assert.Equal(Enumerable.Range(1, 1_500).Select(static number => (long)number), Enumerable.Range(0, 1_500).Select(_ => spool.NextNumber()));

        disk.IsFull = false;
        Assert.Equal(1_501, spool.NextNumber());
        Assert.True(Open().NextNumber() > 1_501);
    }

    [Fact]
    public void What_this_process_saw_goes_above_the_numbers_that_the_core_has_and_what_another_saw_does_not()
    {
        Open().Add(Chunk(1) with { Run = "before" });
        var spool = Open();
        spool.Add(Chunk(spool.NextNumber()));
        spool.Add(Chunk(spool.NextNumber()));

        Assert.Equal(2, spool.Renumber("run", 5_000));

        Assert.Equal((2, 5_001), (spool.Count, spool.Oldest()!.Number));
        Assert.Equal(0, spool.Dropped);
        Assert.Equal(5_003, spool.NextNumber());
        Assert.True(Open().NextNumber() > 5_003);
    }

    private Spool Open(long bytesMax = Spool.BytesMaxByDefault) => new(disk, "spool", bytesMax);

    private static Chunk Chunk(long number) => new(number, "run") { Readings = [new("web", 1, 1, "good")] };
}
