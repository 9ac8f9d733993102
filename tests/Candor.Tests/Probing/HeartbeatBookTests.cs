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
    public async Task A_broken_file_is_named_and_not_overwritten()
    {
        disk.Files["beats"] = "{ nonsense"u8.ToArray();
        var fault = Assert.Throws<IOException>(() => Open());
        Assert.Contains("beats cannot be read; move it away", fault.Message, StringComparison.Ordinal);
        await Task.CompletedTask;
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
}
