using Candor.Attachments;
using Candor.Testing;
using Candor.Tests.Effects;

namespace Candor.Tests.Attachments;

/// <summary>What no words name may be the only copy there is: it goes late, or because somebody took it away.</summary>
public sealed class UnneededFilesTests
{
    private static readonly FileLimits Limits = FileLimits.Default;
    private static readonly string Old = new('a', 64);
    private static readonly string Young = new('b', 64);

    private readonly FakeDisk disk = new();
    private readonly ManualTimeProvider time = new(new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));

    public UnneededFilesTests()
    {
        disk.Files[$"/d/files/{Old}"] = [1];
        disk.Files[$"/d/files/{Young}"] = [2];
        disk.WrittenAt[$"/d/files/{Young}"] = time.GetUtcNow() - TimeSpan.FromDays(5);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_no_words_name_goes_after_two_sweeps_a_day_apart_when_it_is_old()
    {
        var uploads = Open();
        time.Advance(Limits.NothingGoesFor);
        Assert.Equal(0, await uploads.SweepAsync([], Ct));
        time.Advance(Limits.UnneededFor - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await uploads.SweepAsync([], Ct));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await uploads.SweepAsync([], Ct));
        Assert.Equal([$"/d/files/{Young}"], disk.Files.Keys);

        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await uploads.SweepAsync([], Ct));
    }

    [Fact]
    public async Task A_file_that_words_name_between_two_sweeps_has_its_day_anew()
    {
        var uploads = Open();
        time.Advance(Limits.NothingGoesFor);
        Assert.Equal(0, await uploads.SweepAsync([], Ct));
        time.Advance(Limits.UnneededFor / 2);
        Assert.Equal(0, await uploads.SweepAsync([Old], Ct));

        // A new life knows of no words that named it.
        uploads = Open();
        time.Advance(Limits.UnneededFor / 2);
        Assert.Equal(0, await uploads.SweepAsync([], Ct));
    }

    [Fact]
    public async Task Without_any_words_nothing_goes_however_old()
    {
        var uploads = Open();
        for (var day = 0; day < 30; day++)
        {
            time.Advance(TimeSpan.FromDays(1));
            Assert.Equal(0, await uploads.SweepAsync(null, Ct));
        }
    }

    [Fact]
    public async Task What_somebody_takes_away_from_words_goes_with_the_next_sweep_but_not_within_the_first_hour()
    {
        var uploads = Open();
        await uploads.LookAsync([Young], Ct);
        Assert.Equal(0, await uploads.SweepAsync([], Ct));

        uploads = Open();
        await uploads.LookAsync([Young], Ct);
        time.Advance(Limits.NothingGoesFor);
        Assert.Equal(1, await uploads.SweepAsync([], Ct));
        Assert.Equal([$"/d/files/{Old}"], disk.Files.Keys);
    }

    [Fact]
    public async Task What_was_half_written_when_the_process_was_killed_is_swept_once_it_is_old()
    {
        disk.Files[$"/d/files/{Old}.new"] = [1];
        disk.Files[$"/d/files/{Young}.new"] = [1];
        disk.Files["/d/files/notes.new"] = [1];
        disk.WrittenAt[$"/d/files/{Young}.new"] = time.GetUtcNow();

        await Open().SweepAsync(null, Ct);

        Assert.Equal([Old, Young, $"{Young}.new", "notes.new"], disk.List("/d/files"));
    }

    [Fact]
    public void A_file_that_was_cut_is_mended_when_it_comes_again()
    {
        byte[] whole = [1, 2, 3];
        var hash = FileStore.HashOf(whole);
        disk.Files[$"/d/files/{hash}"] = [1];
        var files = new FileStore(disk, "/d/files");
        Assert.True(files.Has(hash));

        files.Keep(whole);

        Assert.Equal(whole, disk.Files[$"/d/files/{hash}"]);
        Assert.Equal(5, files.Bytes);
    }

    private Uploads Open() => new(disk, "/d/uploads", new FileStore(disk, "/d/files"), Limits, time);
}
