using Candor.Effects;
using Candor.Judging;
using Candor.Probing.Heartbeat;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Effects;

namespace Candor.Tests.Probing;

public class HeartbeatBookTests
{
    private static readonly MonitorId Backup = new("nightly-backup");
    private static readonly HeartbeatCheck Hourly = new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5));
    private readonly ManualTimeProvider time = new(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly FakeDisk disk = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_acknowledged_beat_survives_a_restart()
    {
        using (var book = Open())
        {
            Assert.True(await book.TakeAsync(book.TokenOf(Backup), new(BeatKind.Ok), Cancellation));
        }

        time.Advance(TimeSpan.FromMinutes(30));
        using var again = Open();
        Assert.Equal(TimeSpan.FromMinutes(30), again.AgesOf(Backup).Ok);
    }

    [Fact]
    public async Task A_beat_that_cannot_be_kept_is_not_acknowledged()
    {
        using var book = Open();
        disk.IsFull = true;
        await Assert.ThrowsAsync<IOException>(
            async () => await book.TakeAsync(book.TokenOf(Backup), new(BeatKind.Ok), Cancellation));
        disk.IsFull = false;
        Assert.True(await book.TakeAsync(book.TokenOf(Backup), new(BeatKind.Ok), Cancellation));
    }

    [Fact]
    public async Task Tokens_are_stable_secret_and_checked()
    {
        using var book = Open();
        var token = book.TokenOf(Backup);
        Assert.Matches("^[0-9a-f]{32}$", token);
        Assert.NotEqual(token, book.TokenOf(new("other")));
        Assert.False(await book.TakeAsync(new string('0', 32), new(BeatKind.Ok), Cancellation));
        book.Expect([]);
        Assert.False(await book.TakeAsync(token, new(BeatKind.Ok), Cancellation));
        using var again = Open();
        Assert.Equal(token, again.TokenOf(Backup));
    }

    [Fact]
    public async Task Start_failure_and_success_follow_each_other()
    {
        using var book = Open();
        var token = book.TokenOf(Backup);
        await book.TakeAsync(token, new(BeatKind.Start), Cancellation);
        Assert.Equal(Reading.None, HeartbeatRules.Judge(Hourly, book.AgesOf(Backup)).Reading);
        time.Advance(TimeSpan.FromMinutes(1));
        await book.TakeAsync(token, new(BeatKind.Fail, 2), Cancellation);
        Assert.Equal("the job ended with code 2", HeartbeatRules.Judge(Hourly, book.AgesOf(Backup)).Reason);
        time.Advance(TimeSpan.FromMinutes(1));
        await book.TakeAsync(token, new(BeatKind.Ok), Cancellation);
        Assert.Equal(Reading.Good, HeartbeatRules.Judge(Hourly, book.AgesOf(Backup)).Reading);
    }

    [Fact]
    public async Task P_03_A_broken_file_costs_what_was_heard_and_is_kept_for_people()
    {
        disk.Files["beats"] = "{ nonsense"u8.ToArray();
        using var book = Open();

        Assert.Contains("The file as it was is beats.damaged", book.Damage, StringComparison.Ordinal);
        Assert.Equal("{ nonsense"u8.ToArray(), disk.Files["beats.damaged"]);
        Assert.Equal(Reading.None, HeartbeatRules.Judge(Hourly, book.AgesOf(Backup)).Reading);
        await book.TakeAsync(book.TokenOf(Backup), new(BeatKind.Ok), Cancellation);
        using var again = Open();
        Assert.Null(again.Damage);
        Assert.Equal(TimeSpan.Zero, again.AgesOf(Backup).Ok);
    }

    [Fact]
    public async Task Whoever_asks_for_ages_does_not_wait_for_the_disk()
    {
        HeartbeatBook? book = null;
        var asked = false;
        using var slow = new HeartbeatBook(new WritingDisk(() =>
            asked = Task.Run(() => book!.AgesOf(Backup), Cancellation).Wait(TimeSpan.FromSeconds(20), Cancellation)), "beats", Tokens(), time);
        book = slow;

        await slow.StillListeningAsync(Cancellation);

        Assert.True(asked);
    }

    [Fact]
    public async Task P_17_A_job_that_failed_and_then_worked_has_worked_whatever_the_clock_says_at_the_next_start()
    {
        using (var book = Open())
        {
            await book.TakeAsync(book.TokenOf(Backup), new(BeatKind.Fail, 1), Cancellation);
            time.Advance(TimeSpan.FromMinutes(10));
            await book.TakeAsync(book.TokenOf(Backup), new(BeatKind.Ok), Cancellation);
        }

        using var again = new HeartbeatBook(disk, "beats", Tokens(), new ManualTimeProvider(time.GetUtcNow().AddHours(-1)));
        Assert.Equal(Reading.Good, HeartbeatRules.Judge(Hourly, again.AgesOf(Backup)).Reading);
    }

    [Fact]
    public async Task P_17_A_clock_set_back_before_the_restart_makes_nobody_late()
    {
        using (var book = Open())
        {
            await book.TakeAsync(book.TokenOf(Backup), new(BeatKind.Ok), Cancellation);
        }

        using var again = new HeartbeatBook(disk, "beats", Tokens(), new ManualTimeProvider(time.GetUtcNow().AddDays(-1)));
        Assert.Equal(Reading.Good, HeartbeatRules.Judge(Hourly, again.AgesOf(Backup)).Reading);
    }

    private HeartbeatBook Open()
    {
        var book = new HeartbeatBook(disk, "beats", Tokens(), time);
        book.Expect([Backup]);
        return book;
    }

    private HeartbeatTokens Tokens() => HeartbeatTokens.Load(disk, "key", new SystemRandomness());

    /// <summary>Does something while it writes.</summary>
    private sealed class WritingDisk(Action meanwhile) : IDisk
    {
        public byte[]? Read(string path, long limitBytes) => null;

        public void Replace(string path, ReadOnlySpan<byte> content) => meanwhile();

        public void Delete(string path)
        {
        }

        public (DateTimeOffset WrittenAt, long Bytes)? Stat(string path) => null;

        public long FreeBytes(string path) => long.MaxValue;

        public IReadOnlyList<string> List(string folder) => [];
    }
}
