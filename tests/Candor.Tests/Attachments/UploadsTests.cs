using Candor.Attachments;
using Candor.Testing;
using Candor.Tests.Effects;

namespace Candor.Tests.Attachments;

/// <summary>Files come in over cuts, full disks and restarts, and nothing that was acknowledged is sent again.</summary>
public sealed class UploadsTests
{
    private const string Ann = "person:ann";
    private const string Ben = "token:ben";

    private static readonly FileLimits Small = new()
    {
        FileBytesMax = 1000, ChunkBytesMax = 100, TotalBytesMax = 2500, UploadsOfOneMax = 3, FreeBytesLeast = 1,
    };

    private static readonly byte[] Log = [.. Enumerable.Range(0, 350).Select(static i => (byte)('a' + (i % 26)))];

    private readonly FakeDisk disk = new();
    private readonly ManualTimeProvider time = new(new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void After_a_restart_an_upload_stands_where_its_sender_was_told()
    {
        var uploads = Open();
        var id = uploads.Begin("u1", Ann, "app.log", Log.Length).Upload!.Id;
        Assert.Equal(100, uploads.Append(id, Ann, 0, Log.AsSpan(0, 100)).Upload!.Offset);
        Assert.Equal(200, uploads.Append(id, Ann, 100, Log.AsSpan(100, 100)).Upload!.Offset);

        uploads = Open();
        Assert.Equal(200, uploads.Find(id, Ann)!.Offset);
        uploads.Append(id, Ann, 200, Log.AsSpan(200, 100));
        var file = uploads.Append(id, Ann, 300, Log.AsSpan(300)).Upload!.File!;

        Assert.Equal(Log, disk.Files["/d/files/" + FileStore.HashOf(Log)]);
        Assert.Equal(("app.log", "text/plain; charset=utf-8", 350L), (file.Name, file.Type, file.Bytes));
        Assert.Equal(file, Open().Find(id, Ann)!.File);
        Assert.DoesNotContain(disk.Files.Keys, static path => path.Contains("/uploads/u1-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chunk_whose_answer_was_lost_counts_and_is_not_taken_twice()
    {
        var uploads = Open();
        uploads.Begin("u1", Ann, "app.log", Log.Length);
        uploads.Append("u1", Ann, 0, Log.AsSpan(0, 100));

        var again = uploads.Append("u1", Ann, 0, Log.AsSpan(0, 100));

        Assert.Equal(("upload.offset", 100L), (again.Refusal!.Code, again.Upload!.Offset));
        Assert.Equal("upload.offset", uploads.Append("u1", Ann, 200, Log.AsSpan(200, 100)).Refusal!.Code);
    }

    [Fact]
    public void What_the_disk_did_not_take_is_not_acknowledged()
    {
        var uploads = Open();
        uploads.Begin("u1", Ann, "app.log", Log.Length);
        uploads.Append("u1", Ann, 0, Log.AsSpan(0, 100));
        disk.IsFull = true;
        Assert.Throws<IOException>(() => uploads.Append("u1", Ann, 100, Log.AsSpan(100, 100)));
        disk.IsFull = false;

        Assert.Equal(100, uploads.Find("u1", Ann)!.Offset);
        Assert.Equal(200, uploads.Append("u1", Ann, 100, Log.AsSpan(100, 100)).Upload!.Offset);
    }

    [Fact]
    public void A_crash_between_the_last_chunk_and_the_file_is_made_up_for()
    {
        var uploads = Open();
        uploads.Begin("u1", Ann, "app.log", 80);
        uploads.Append("u1", Ann, 0, Log.AsSpan(0, 80));
        disk.Files["/d/uploads/u1-000000000"] = Log[..80];
        disk.Files["/d/uploads/u1.json"] = System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(disk.Files["/d/uploads/u1.json"]).Split(",\"file\"")[0] + "}");

        uploads = Open();

        Assert.Equal((80L, null), (uploads.Find("u1", Ann)!.Offset, uploads.Find("u1", Ann)!.File));
        Assert.NotNull(uploads.Append("u1", Ann, 80, []).Upload!.File);
        Assert.NotNull(Open().Begin("u1", Ann, "app.log", 80).Upload!.File);
    }

    [Fact]
    public void Beginning_again_with_the_same_key_goes_on_and_with_another_file_is_refused()
    {
        var uploads = Open();
        var id = Uploads.IdOf(Ann, "k");
        uploads.Begin(id, Ann, "app.log", Log.Length);
        uploads.Append(id, Ann, 0, Log.AsSpan(0, 100));

        var again = Open().Begin(id, Ann, "app.log", Log.Length);

        Assert.True(again.IsRepeated);
        Assert.Equal(100, again.Upload!.Offset);
        Assert.Equal("key_reused", uploads.Begin(id, Ann, "app.log", 10).Refusal!.Code);
        Assert.NotEqual(id, Uploads.IdOf(Ben, "k"));
    }

    [Fact]
    public void Nobody_else_finds_goes_on_with_or_uses_an_upload()
    {
        var uploads = Open();
        uploads.Begin("u1", Ann, "app.log", 10);

        Assert.Null(uploads.Find("u1", Ben));
        Assert.Equal("no_such_upload", uploads.Append("u1", Ben, 0, Log.AsSpan(0, 10)).Refusal!.Code);
    }

    [Fact]
    public void What_is_too_large_too_many_or_does_not_fit_on_the_disk_is_refused_before_a_byte_comes()
    {
        var uploads = Open();

        Assert.Equal("file.size", uploads.Begin("a", Ann, "a.log", 1001).Refusal!.Code);
        Assert.Equal("file.size", uploads.Begin("a", Ann, "a.log", 0).Refusal!.Code);
        Assert.Equal("file.not_taken", uploads.Begin("a", Ann, "a.svg", 10).Refusal!.Code);
        Assert.Null(uploads.Begin("a", Ann, "a.log", 1000).Refusal);
        Assert.Null(uploads.Begin("b", Ann, "b.log", 1000).Refusal);
        Assert.Equal("files.share", uploads.Begin("c", Ben, "c.log", 1000).Refusal!.Code);
        Assert.Null(uploads.Begin("c", Ann, "c.log", 10).Refusal);
        Assert.Equal("upload.too_many", uploads.Begin("d", Ann, "d.log", 10).Refusal!.Code);
        Assert.Equal("upload.too_much", uploads.Append("a", Ann, 0, Log.AsSpan(0, 101)).Refusal!.Code);
        Assert.Equal("upload.too_much", uploads.Append("c", Ann, 0, Log.AsSpan(0, 11)).Refusal!.Code);
        disk.IsFull = true;
        Assert.Equal("disk_full", uploads.Begin("e", Ben, "e.log", 10).Refusal!.Code);
    }

    [Fact]
    public void A_file_that_is_not_taken_leaves_nothing_behind()
    {
        var uploads = Open();
        uploads.Begin("u1", Ann, "a.png", 10);

        Assert.Equal("file.other_type", uploads.Append("u1", Ann, 0, Log.AsSpan(0, 10)).Refusal!.Code);
        Assert.Empty(disk.Files);
    }

    [Fact]
    public void After_its_day_an_upload_is_gone_and_its_bytes_go_with_the_sweep_but_not_what_words_name()
    {
        var uploads = Open();
        uploads.Begin("half", Ann, "a.log", 200);
        uploads.Append("half", Ann, 0, Log.AsSpan(0, 100));
        uploads.Begin("posted", Ann, "b.log", 20);
        var posted = uploads.Append("posted", Ann, 0, Log.AsSpan(0, 20)).Upload!.File!.Hash;
        uploads.Begin("forgotten", Ann, "c.log", 30);
        var forgotten = uploads.Append("forgotten", Ann, 0, Log.AsSpan(0, 30)).Upload!.File!.Hash;
        Assert.Equal(0, uploads.Sweep([]));

        time.Advance(Small.UploadKept);
        Assert.Null(uploads.Find("half", Ann));
        Assert.Equal(0, uploads.Sweep([posted]));
        Assert.Contains("/d/files/" + forgotten, disk.Files.Keys);

        time.Advance(Small.Grace);
        disk.Files["/d/uploads/stray-000000000"] = [1];
        Assert.Equal(1, uploads.Sweep([posted]));
        Assert.Equal(["/d/files/" + posted], disk.Files.Keys);
    }

    [Fact]
    public void The_same_file_is_kept_once()
    {
        var uploads = Open();
        uploads.Begin("a", Ann, "a.log", 20);
        uploads.Begin("b", Ben, "b.log", 20);
        uploads.Append("a", Ann, 0, Log.AsSpan(0, 20));
        uploads.Append("b", Ben, 0, Log.AsSpan(0, 20));

        Assert.Single(disk.Files.Keys, static path => path.StartsWith("/d/files/", StringComparison.Ordinal));
    }

    private Uploads Open() => new(disk, "/d/uploads", new FileStore(disk, "/d/files"), Small, time);
}
