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

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly FakeDisk disk = new();
    private readonly ManualTimeProvider time = new(new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task After_a_restart_an_upload_stands_where_its_sender_was_told()
    {
        var uploads = Open();
        var id = (await uploads.BeginAsync("u1", Ann, "app.log", Log.Length, Ct)).Upload!.Id;
        Assert.Equal(100, (await uploads.AppendAsync(id, Ann, 0, Log.AsMemory(0, 100), Ct)).Upload!.Offset);
        Assert.Equal(200, (await uploads.AppendAsync(id, Ann, 100, Log.AsMemory(100, 100), Ct)).Upload!.Offset);

        uploads = Open();
        Assert.Equal(200, uploads.Find(id, Ann)!.Offset);
        await uploads.AppendAsync(id, Ann, 200, Log.AsMemory(200, 100), Ct);
        var file = (await uploads.AppendAsync(id, Ann, 300, Log.AsMemory(300), Ct)).Upload!.File!;

        Assert.Equal(Log, disk.Files["/d/files/" + FileStore.HashOf(Log)]);
        Assert.Equal(("app.log", "text/plain; charset=utf-8", 350L), (file.Name, file.Type, file.Bytes));
        Assert.Equal(file, Open().Find(id, Ann)!.File);
        Assert.DoesNotContain(disk.Files.Keys, static path => path.Contains("/uploads/u1-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chunk_whose_answer_was_lost_counts_and_is_not_taken_twice()
    {
        var uploads = Open();
        await uploads.BeginAsync("u1", Ann, "app.log", Log.Length, Ct);
        await uploads.AppendAsync("u1", Ann, 0, Log.AsMemory(0, 100), Ct);

        var again = await uploads.AppendAsync("u1", Ann, 0, Log.AsMemory(0, 100), Ct);

        Assert.Equal(("upload.offset", 100L), (again.Refusal!.Code, again.Upload!.Offset));
        Assert.Equal("upload.offset", (await uploads.AppendAsync("u1", Ann, 200, Log.AsMemory(200, 100), Ct)).Refusal!.Code);
    }

    [Fact]
    public async Task What_the_disk_did_not_take_is_not_acknowledged()
    {
        var uploads = Open();
        await uploads.BeginAsync("u1", Ann, "app.log", Log.Length, Ct);
        await uploads.AppendAsync("u1", Ann, 0, Log.AsMemory(0, 100), Ct);
        disk.IsFull = true;
        await Assert.ThrowsAsync<IOException>(() => uploads.AppendAsync("u1", Ann, 100, Log.AsMemory(100, 100), Ct));
        disk.IsFull = false;

        Assert.Equal(100, uploads.Find("u1", Ann)!.Offset);
        Assert.Equal(200, (await uploads.AppendAsync("u1", Ann, 100, Log.AsMemory(100, 100), Ct)).Upload!.Offset);
    }

    [Fact]
    public async Task A_crash_between_the_last_chunk_and_the_file_is_made_up_for()
    {
        var uploads = Open();
        await uploads.BeginAsync("u1", Ann, "app.log", 80, Ct);
        await uploads.AppendAsync("u1", Ann, 0, Log.AsMemory(0, 80), Ct);
        disk.Files["/d/uploads/u1-000000000"] = Log[..80];
        disk.Files["/d/uploads/u1.json"] = System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(disk.Files["/d/uploads/u1.json"]).Split(",\"file\"")[0] + "}");

        uploads = Open();

        Assert.Equal((80L, null), (uploads.Find("u1", Ann)!.Offset, uploads.Find("u1", Ann)!.File));
        Assert.NotNull((await uploads.AppendAsync("u1", Ann, 80, ReadOnlyMemory<byte>.Empty, Ct)).Upload!.File);
        Assert.NotNull((await Open().BeginAsync("u1", Ann, "app.log", 80, Ct)).Upload!.File);
    }

    [Fact]
    public async Task Beginning_again_with_the_same_key_goes_on_and_with_another_file_is_refused()
    {
        var uploads = Open();
        var id = Uploads.IdOf(Ann, "k");
        await uploads.BeginAsync(id, Ann, "app.log", Log.Length, Ct);
        await uploads.AppendAsync(id, Ann, 0, Log.AsMemory(0, 100), Ct);

        var again = await Open().BeginAsync(id, Ann, "app.log", Log.Length, Ct);

        Assert.True(again.IsRepeated);
        Assert.Equal(100, again.Upload!.Offset);
        Assert.Equal("key_reused", (await uploads.BeginAsync(id, Ann, "app.log", 10, Ct)).Refusal!.Code);
        Assert.NotEqual(id, Uploads.IdOf(Ben, "k"));
    }

    [Fact]
    public async Task Nobody_else_finds_goes_on_with_or_uses_an_upload()
    {
        var uploads = Open();
        await uploads.BeginAsync("u1", Ann, "app.log", 10, Ct);

        Assert.Null(uploads.Find("u1", Ben));
        Assert.Equal("no_such_upload", (await uploads.AppendAsync("u1", Ben, 0, Log.AsMemory(0, 10), Ct)).Refusal!.Code);
    }

    [Fact]
    public async Task What_is_too_large_too_many_or_does_not_fit_on_the_disk_is_refused_before_a_byte_comes()
    {
        var uploads = Open();

        Assert.Equal("file.size", (await uploads.BeginAsync("a", Ann, "a.log", 1001, Ct)).Refusal!.Code);
        Assert.Equal("file.size", (await uploads.BeginAsync("a", Ann, "a.log", 0, Ct)).Refusal!.Code);
        Assert.Equal("file.not_taken", (await uploads.BeginAsync("a", Ann, "a.svg", 10, Ct)).Refusal!.Code);
        Assert.Null((await uploads.BeginAsync("a", Ann, "a.log", 1000, Ct)).Refusal);
        Assert.Null((await uploads.BeginAsync("b", Ann, "b.log", 1000, Ct)).Refusal);
        Assert.Equal("files.share", (await uploads.BeginAsync("c", Ben, "c.log", 1000, Ct)).Refusal!.Code);
        Assert.Null((await uploads.BeginAsync("c", Ann, "c.log", 10, Ct)).Refusal);
        Assert.Equal("upload.too_many", (await uploads.BeginAsync("d", Ann, "d.log", 10, Ct)).Refusal!.Code);
        Assert.Equal("upload.too_much", (await uploads.AppendAsync("a", Ann, 0, Log.AsMemory(0, 101), Ct)).Refusal!.Code);
        Assert.Equal("upload.too_much", (await uploads.AppendAsync("c", Ann, 0, Log.AsMemory(0, 11), Ct)).Refusal!.Code);
        disk.IsFull = true;
        Assert.Equal("disk_full", (await uploads.BeginAsync("e", Ben, "e.log", 10, Ct)).Refusal!.Code);
    }

    [Fact]
    public async Task A_file_that_is_not_taken_leaves_nothing_behind()
    {
        var uploads = Open();
        await uploads.BeginAsync("u1", Ann, "a.png", 10, Ct);

        Assert.Equal("file.other_type", (await uploads.AppendAsync("u1", Ann, 0, Log.AsMemory(0, 10), Ct)).Refusal!.Code);
        Assert.Empty(disk.Files);
    }

    [Fact]
    public async Task After_its_day_an_upload_is_gone_and_its_bytes_go_with_the_sweep_but_not_what_words_name()
    {
        var uploads = Open();
        await uploads.BeginAsync("half", Ann, "a.log", 200, Ct);
        await uploads.AppendAsync("half", Ann, 0, Log.AsMemory(0, 100), Ct);
        var posted = await KeptAsync(uploads, "posted", 20);
        var forgotten = await KeptAsync(uploads, "forgotten", 30);

        time.Advance(Small.UploadKept);
        Assert.Null(uploads.Find("half", Ann));
        Assert.Equal(0, await uploads.SweepAsync([posted], Ct));
        Assert.Contains("/d/uploads/half-000000000", disk.Files.Keys);

        time.Advance(Small.Grace);
        disk.Files["/d/uploads/stray-000000000"] = [1];
        Assert.Equal(0, await uploads.SweepAsync([posted], Ct));
        Assert.Equal(["/d/files/" + posted, "/d/files/" + forgotten], disk.Files.Keys);

        time.Advance(Small.UnneededFor);
        Assert.Equal(1, await uploads.SweepAsync([posted], Ct));
        Assert.Equal(["/d/files/" + posted], disk.Files.Keys);
    }

    [Fact]
    public async Task A_second_begin_under_an_id_whose_day_is_over_has_no_bytes_of_the_first()
    {
        var uploads = Open();
        await uploads.BeginAsync("u1", Ann, "app.log", Log.Length, Ct);
        await uploads.AppendAsync("u1", Ann, 0, Log.AsMemory(0, 100), Ct);
        await uploads.AppendAsync("u1", Ann, 100, Log.AsMemory(100, 100), Ct);
        time.Advance(Small.UploadKept);

        Assert.Equal(0, (await uploads.BeginAsync("u1", Ann, "app.log", 120, Ct)).Upload!.Offset);

        uploads = Open();
        Assert.Equal(0, uploads.Find("u1", Ann)!.Offset);
        disk.Files["/d/uploads/u1-000000000"] = Log[..121];
        Assert.Null(Open().Find("u1", Ann));
    }

    [Fact]
    public async Task Uploads_that_words_have_named_make_room_for_others()
    {
        var named = new HashSet<string>();
        var uploads = Open(named.Contains);
        var first = await KeptAsync(uploads, "a", 10);
        await KeptAsync(uploads, "b", 20);
        await KeptAsync(uploads, "c", 30);
        Assert.Equal("upload.too_many", (await uploads.BeginAsync("d", Ann, "d.log", 10, Ct)).Refusal!.Code);

        named.Add(first);

        Assert.Null((await uploads.BeginAsync("d", Ann, "d.log", 10, Ct)).Refusal);
    }

    [Fact]
    public async Task While_the_disk_takes_its_time_nobody_who_asks_waits_and_who_writes_holds_no_thread()
    {
        var files = new FileStore(disk, "/d/files");
        var uploads = new Uploads(disk, "/d/uploads", files, Small, time);
        var there = await KeptAsync(uploads, "a", 10);
        using var hangs = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        disk.BeforeWriting = () =>
        {
            begun.Set();
            hangs.Wait(Ct);
        };
        var slow = Task.Run(() => uploads.BeginAsync("b", Ann, "b.log", 10, Ct), Ct);
        begun.Wait(Ct);

        // Were a lock taken for any of these, the test would hang here.
        var asked = Task.Run(() => (uploads.Find("a", Ann), uploads.Kept(Ann), files.Has(there), files.Bytes), Ct);
        Assert.NotNull((await asked.WaitAsync(TimeSpan.FromSeconds(20), Ct)).Item1);
        var next = uploads.BeginAsync("c", Ann, "c.log", 10, Ct);
        Assert.False(next.IsCompleted);

        hangs.Set();
        Assert.Null((await slow).Refusal);
        Assert.Null((await next).Refusal);
    }

    [Fact]
    public async Task The_same_file_is_kept_once()
    {
        var uploads = Open();
        await uploads.BeginAsync("a", Ann, "a.log", 20, Ct);
        await uploads.BeginAsync("b", Ben, "b.log", 20, Ct);
        await uploads.AppendAsync("a", Ann, 0, Log.AsMemory(0, 20), Ct);
        await uploads.AppendAsync("b", Ben, 0, Log.AsMemory(0, 20), Ct);

        Assert.Single(disk.Files.Keys, static path => path.StartsWith("/d/files/", StringComparison.Ordinal));
    }

    private static async Task<string> KeptAsync(Uploads uploads, string id, int bytes)
    {
        await uploads.BeginAsync(id, Ann, id + ".log", bytes, Ct);
        return (await uploads.AppendAsync(id, Ann, 0, Log.AsMemory(0, bytes), Ct)).Upload!.File!.Hash;
    }

    private Uploads Open(Func<string, bool>? named = null) =>
        new(disk, "/d/uploads", new FileStore(disk, "/d/files"), Small, time) { IsNamed = named ?? (static _ => false) };
}
