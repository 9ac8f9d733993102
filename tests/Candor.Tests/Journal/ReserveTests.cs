using Candor.Journal;
using Candor.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Journal;

public sealed class ReserveTests
{
    private const long MiB = 1024 * 1024;

    private readonly MemoryDisk disk = new(64 * MiB);
    private readonly ManualTimeProvider time = new(DateTimeOffset.UnixEpoch);
    private readonly Reserve reserve;

    public ReserveTests()
    {
        reserve = new(disk, "/data/reserve", time, NullLogger.Instance);
        for (var i = 0; i < 8; i++)
        {
            reserve.Refill();
        }
    }

    [Fact]
    public void Eight_mebibytes_are_held_back() =>
        Assert.Equal(8 * MiB, disk.Files.Values.Sum(static f => (long)f.Length));

    [Fact]
    public void With_room_everything_is_admitted_and_the_reserve_is_not_touched()
    {
        Assert.Null(reserve.Admit(CommitClass.Ordinary));
        Assert.Null(reserve.Admit(CommitClass.Essential));
        Assert.Equal(Reserve.Slices, disk.Files.Count);
    }

    [Fact]
    public void On_a_full_disk_machines_are_refused_and_people_are_not()
    {
        Fill();

        var ordinary = reserve.Admit(CommitClass.Ordinary);

        Assert.Equal("disk_full", ordinary?.Code);
        Assert.Contains("Free some space", ordinary?.Sentence, StringComparison.Ordinal);
        Assert.Null(reserve.Admit(CommitClass.Essential));
    }

    [Fact]
    public void Fifty_posts_fit_although_a_neighbour_takes_every_byte_that_is_given_back()
    {
        for (var post = 1; post <= 50; post++)
        {
            Fill();
            Assert.Null(reserve.Admit(CommitClass.Essential));
            Assert.True(disk.Free >= 64 * 1024, $"post {post} found {disk.Free} bytes");
        }
    }

    [Fact]
    public void One_slice_is_given_back_at_a_time()
    {
        Fill();

        reserve.Admit(CommitClass.Essential);

        Assert.Equal(Reserve.Slices - 1, disk.Files.Count);
    }

    [Fact]
    public void When_the_reserve_is_used_up_people_are_told_too()
    {
        for (var i = 0; i < Reserve.Slices; i++)
        {
            Fill();
            Assert.Null(reserve.Admit(CommitClass.Essential));
        }

        Fill();

        Assert.Contains("used up", reserve.Admit(CommitClass.Essential)?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_there_is_room_again_it_is_made_whole_by_itself()
    {
        using var stopping = new CancellationTokenSource();
        var runs = reserve.RunAsync(stopping.Token);
        Fill();
        reserve.Admit(CommitClass.Essential);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Reserve.Slices - 1, disk.Files.Count);

        disk.Filler = 0;
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Reserve.Slices, disk.Files.Count);
        Assert.Null(reserve.Admit(CommitClass.Ordinary));
        await stopping.CancelAsync();
        await runs;
    }

    [Fact]
    public async Task While_it_is_whole_nobody_counts_it_every_second()
    {
        using var stopping = new CancellationTokenSource();
        var runs = reserve.RunAsync(stopping.Token);
        var before = disk.Listed;

        Advance(seconds: 120);

        Assert.InRange(disk.Listed - before, 1, 3);
        await stopping.CancelAsync();
        await runs;
    }

    [Fact]
    public async Task What_somebody_else_took_away_is_back_within_two_minutes()
    {
        using var stopping = new CancellationTokenSource();
        var runs = reserve.RunAsync(stopping.Token);
        disk.Delete(disk.Files.Keys.First());

        Advance(seconds: 120);

        Assert.Equal(Reserve.Slices, disk.Files.Count);
        await stopping.CancelAsync();
        await runs;
    }

    [Fact]
    public void Opening_a_journal_gets_the_room_its_log_needs()
    {
        Fill();

        reserve.MakeRoomFor(3 * MiB);

        Assert.True(disk.Free >= 3 * MiB, $"{disk.Free}");
    }

    private void Fill()
    {
        disk.Filler += Math.Max(0, disk.Free);
        Later();
    }

    private void Advance(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private void Later() => time.Advance(TimeSpan.FromMilliseconds(5));
}
