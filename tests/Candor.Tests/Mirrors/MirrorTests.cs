using System.Buffers.Text;
using System.Text;
using Candor.Mirrors;
using Candor.Pages;
using Candor.State;
using Candor.Tests.Pages;
using Candor.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Mirrors;

/// <summary>A copy of the page elsewhere, when the publisher is there, when it is gone, and when somebody else answers for it.</summary>
public sealed class MirrorTests : IDisposable
{
    private static readonly Uri Address = new("http://publisher.example/");

    private readonly PublisherRig rig = new PublisherRig(WithAPast(), start: MadeUpWorld.Start.AddDays(3)).Started();
    private readonly SigningKey key = SigningKey.Load(new MemoryDisk(), SigningKey.PublisherFile);
    private readonly SigningKey emergency = SigningKey.Make(new MemoryDisk(), "emergency.key");
    private readonly BulletinBoard board;
    private readonly MemoryDisk disk = new();
    private readonly SelfLog self;
    private readonly PublisherAddress publisher;
    private readonly HttpMessageInvoker http;
    private readonly List<EditionNews> news = [];

    public MirrorTests()
    {
        self = new(rig.Time);
        rig.Pass(TimeSpan.FromSeconds(2));
        publisher = new(new(rig.Publisher, key, () => emergency.Public, rig.Time));
        board = new(disk, BulletinBoard.FileName, rig.Time);
        http = new(publisher);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        http.Dispose();
        publisher.Dispose();
        key.Dispose();
        emergency.Dispose();
        rig.Dispose();
    }

    [Fact]
    public async Task A_mirror_serves_what_the_publisher_serves_byte_for_byte()
    {
        var mirror = await FollowedAsync();
        AssertSame(mirror);

        var fetched = publisher.Contents;
        rig.Happen(MadeUpWorld.Opened("incident0001", rig.Now, "Homepage is down", MadeUpWorld.Homepage));
        rig.Pass(TimeSpan.FromSeconds(2));
        await mirror.FollowOnceAsync(Ct);

        AssertSame(mirror);
        Assert.Contains("Homepage is down", Read(mirror, "/"), StringComparison.Ordinal);
        Assert.Contains("/", news[^1].Changed);
        Assert.DoesNotContain("/widget.js", news[^1].Changed);
        var named = Manifest.Read(publisher.Offer!.Newest()!.Manifest).Pages.SelectMany(page => page.Contents).Distinct().Count();
        Assert.True(publisher.Contents - fetched < named, $"{publisher.Contents - fetched} of {named} were fetched, so what was there already was fetched again");
        Assert.Empty(self.Problems);
    }

    [Fact]
    public async Task P_26_A_publisher_that_falls_silent_is_said_to_be_on_every_page_within_a_minute()
    {
        var mirror = await FollowedAsync();
        var since = rig.Publisher.Edition.RenderedAt;
        publisher.Offer = null;
        await PassAsync(mirror, TimeSpan.FromSeconds(60));

        foreach (var (path, page) in mirror.Edition.Front.Where(page => page.Value.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal)))
        {
            Assert.Contains($"The publisher has been silent since <time datetime=\"{since.UtcDateTime:s}Z\">", Text(page), StringComparison.Ordinal);
            Assert.True(Text(page).StartsWith("<!doctype html>", StringComparison.OrdinalIgnoreCase), path);
        }

        Assert.DoesNotContain("All Systems Operational", Read(mirror, "/api/v2/status.json"), StringComparison.Ordinal);
        Assert.Contains(self.Problems, problem => problem.Sentence.Contains("silent since", StringComparison.Ordinal));
        Assert.Equal(mirror.Edition.Front.Keys.Concat(mirror.Edition.Archive.Keys).Order(), news[^1].Changed.Order());
    }

    [Fact]
    public async Task A_publisher_that_answers_and_renders_nothing_new_is_silent_too()
    {
        var mirror = await FollowedAsync();
        await PassAsync(mirror, TimeSpan.FromSeconds(60));
        Assert.Contains("The publisher has been silent", Read(mirror, "/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publisher_that_comes_back_is_believed_and_the_word_about_its_silence_goes()
    {
        var mirror = await FollowedAsync();
        Assert.Equal(TimeSpan.Zero, mirror.HeardFor);
        var offer = publisher.Offer;
        publisher.Offer = null;
        await PassAsync(mirror, TimeSpan.FromSeconds(60));
        Assert.Null(mirror.HeardFor);
        publisher.Offer = offer;
        rig.Pass(TimeSpan.FromSeconds(31));
        await mirror.FollowOnceAsync(Ct);

        AssertSame(mirror);
        Assert.Contains("/widget.js", news[^1].Changed);
        Assert.Empty(self.Problems);
        rig.Pass(TimeSpan.FromSeconds(31));
        await mirror.FollowOnceAsync(Ct);
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.InRange(mirror.HeardFor!.Value, TimeSpan.FromSeconds(33), TimeSpan.FromSeconds(34));
    }

    [Fact]
    public async Task P_26_What_another_key_has_signed_is_refused()
    {
        var mirror = await FollowedAsync();
        using var other = SigningKey.Load(new MemoryDisk(), SigningKey.PublisherFile);
        publisher.OnTheWay = offered => offered with { Signature = Base64Url.EncodeToString(other.Sign(Purpose.Edition, offered.Manifest)) };
        await RefusedAsync(mirror, "is not signed with the publisher's key");
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("no base64url at all!")]
    public async Task What_nobody_has_signed_is_refused(string signature)
    {
        var mirror = await FollowedAsync();
        publisher.OnTheWay = offered => offered with { Signature = signature };
        await RefusedAsync(mirror, "is not signed with the publisher's key");
    }

    [Fact]
    public async Task P_26_A_manifest_that_was_changed_on_the_way_is_refused()
    {
        var mirror = await FollowedAsync();
        publisher.OnTheWay = offered => offered with
        {
            Manifest = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(offered.Manifest).Replace("\"status\":200", "\"status\":404", StringComparison.Ordinal)),
        };
        await RefusedAsync(mirror, "is not signed with the publisher's key");
    }

    [Fact]
    public async Task P_26_An_older_edition_that_was_truly_signed_is_refused()
    {
        var old = publisher.Offer!.Newest()!;
        rig.Pass(TimeSpan.FromSeconds(2));
        rig.Happen(MadeUpWorld.Down(MadeUpWorld.Homepage, rig.Now));
        rig.Pass(TimeSpan.FromSeconds(2));
        var mirror = await FollowedAsync();
        publisher.OnTheWay = _ => old;
        await RefusedAsync(mirror, "is not newer than what is held");
    }

    [Fact]
    public async Task P_26_A_content_that_was_swapped_on_the_way_is_refused()
    {
        var mirror = await FollowedAsync();
        publisher.Unpacked = static content => new([.. content.Span[..^1], (byte)'!']);
        await RefusedAsync(mirror, "is not the one that was signed");
    }

    [Theory]
    [InlineData("/sign-in", 200)]
    [InlineData("/events", 200)]
    [InlineData("/mirror/manifest", 200)]
    [InlineData("/", 302)]
    public async Task A_page_that_no_mirror_serves_is_refused_also_from_the_publisher(string path, int status)
    {
        var mirror = await FollowedAsync();
        publisher.OnTheWay = offered => Signed(Manifest.Read(offered.Manifest) is var manifest
            ? manifest with { Pages = manifest.Pages.SetItem(0, manifest.Pages[0] with { Path = path, Status = status }) } : null!);
        await RefusedAsync(mirror, "which is no page that a mirror serves");
    }

    [Fact]
    public async Task A_header_that_would_break_the_answer_is_refused()
    {
        var mirror = await FollowedAsync();
        publisher.OnTheWay = offered => Signed(Manifest.Read(offered.Manifest) is var manifest
            ? manifest with { Pages = manifest.Pages.SetItem(0, manifest.Pages[0] with { Policy = "x\r\nSet-Cookie: a=b" }) } : null!);
        await RefusedAsync(mirror, "which is no page that a mirror serves");
    }

    [Fact]
    public async Task More_than_a_mirror_can_hold_is_refused_before_it_is_fetched()
    {
        var mirror = await FollowedAsync();
        publisher.OnTheWay = offered => Signed(Manifest.Read(offered.Manifest) is var manifest
            ? manifest with { Pages = [.. manifest.Pages, .. Enumerable.Range(0, 100).Select(i => manifest.Pages[0] with { Path = $"/incidents/{i}", Hash = new('a', 64), Bytes = 4 << 20 })] }
            : null!);
        await RefusedAsync(mirror, "MiB were offered");
    }

    [Fact]
    public async Task After_a_start_without_the_publisher_the_copy_on_the_disk_is_shown_as_what_was_last_known()
    {
        var since = (await FollowedAsync()).Edition.Front.Count;
        publisher.Offer = null;
        var again = New();
        again.Restore();
        Assert.Equal(since, again.Edition.Front.Count);
        Assert.Contains("The publisher has been silent since", Read(again, "/"), StringComparison.Ordinal);
        await again.FollowOnceAsync(Ct);
        Assert.True(again.IsServing);
    }

    [Fact]
    public async Task P_26_A_copy_on_the_disk_that_was_tampered_with_is_never_served()
    {
        var whole = (await FollowedAsync()).Edition;
        var file = disk.Files[CopyFile.FileName];

        // Every byte of the envelope, and of the contents as many as there is time for.
        var ends = Enumerable.Range(0, 400).Concat(Enumerable.Range(file.Length - 400, 400));
        foreach (var at in ends.Concat(Enumerable.Range(0, 199).Select(i => file.Length / 199 * i)))
        {
            var changed = file.ToArray();
            changed[at] ^= 0x10;
            AssertRefused(changed, $"byte {at} of {file.Length} was changed");
        }

        AssertRefused([.. file, 0], "a byte was added");
        AssertRefused(file[..^100], "the end was cut off");
        var mirror = New();
        mirror.Restore();
        Assert.False(mirror.IsServing);
        Assert.NotEmpty(whole.Front);

        void AssertRefused(byte[] changed, string how)
        {
            disk.Files[CopyFile.FileName] = changed;
            var (copy, refusal) = new CopyFile(disk, CopyFile.FileName, key.Public).Load();
            Assert.True(copy is null && refusal is not null, $"{how} and the copy was believed");
        }
    }

    [Fact]
    public async Task A_full_disk_takes_nothing_from_the_readers()
    {
        disk.IsFull = true;
        var mirror = await FollowedAsync();
        AssertSame(mirror);
        disk.IsFull = false;
        await PassAsync(mirror, TimeSpan.FromSeconds(12));
        Assert.True(disk.Files.ContainsKey(CopyFile.FileName));
    }

    [Fact]
    public async Task What_was_fetched_of_an_edition_that_could_not_be_had_whole_is_not_fetched_again()
    {
        publisher.Lacks = Manifest.Read(publisher.Offer!.Newest()!.Manifest).Pages[^1].Hash;
        var mirror = New();
        await mirror.FollowOnceAsync(Ct);
        Assert.False(mirror.IsServing);
        Assert.Contains(self.Problems, problem => problem.Detail?.Contains("404", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(self.Problems, problem => problem.Sentence.Contains("404", StringComparison.Ordinal));

        var fetched = publisher.Contents;
        publisher.Lacks = null;
        await mirror.FollowOnceAsync(Ct);
        AssertSame(mirror);
        Assert.Equal(fetched + 1, publisher.Contents);
    }

    [Fact]
    public async Task P_26_Silence_is_said_while_the_publishers_address_swallows_what_it_is_asked()
    {
        var mirror = await FollowedAsync();
        publisher.Swallows = true;
        var following = mirror.FollowOnceAsync(Ct);
        rig.Time.Advance(TimeSpan.FromSeconds(51));
        Assert.Null(Take(mirror, Word("Everything is down")));
        mirror.LookOnce();

        Assert.False(following.IsCompleted);
        Assert.Contains("The publisher has been silent", Read(mirror, "/"), StringComparison.Ordinal);
        Assert.Contains("Everything is down", Read(mirror, "/"), StringComparison.Ordinal);
        publisher.Swallows = false;
        await following;
    }

    [Fact]
    public async Task A_publisher_that_was_put_back_from_a_backup_is_believed_with_fewer_events()
    {
        rig.Happen(MadeUpWorld.Down(MadeUpWorld.Homepage, rig.Now));
        rig.Pass(TimeSpan.FromSeconds(2));
        var mirror = await FollowedAsync();
        rig.Pass(TimeSpan.FromSeconds(31));
        publisher.OnTheWay = offered => Signed(Manifest.Read(offered.Manifest) with { Position = 1 });
        await mirror.FollowOnceAsync(Ct);
        Assert.Equal(1, mirror.Edition.Position);
    }

    [Fact]
    public async Task A_publisher_whose_clock_was_set_back_is_believed_once_something_happens()
    {
        var mirror = await FollowedAsync();
        var held = Manifest.Read(publisher.Offer!.Newest()!.Manifest);
        publisher.OnTheWay = _ => Signed(held with { Position = held.Position + 1, RenderedAt = held.RenderedAt.AddHours(-1) });
        await mirror.FollowOnceAsync(Ct);
        Assert.Equal(held.Position + 1, mirror.Edition.Position);
        publisher.OnTheWay = _ => Signed(held with { Position = held.Position + 2, RenderedAt = held.RenderedAt.AddHours(-26) });
        await mirror.FollowOnceAsync(Ct);
        Assert.Equal(held.Position + 1, mirror.Edition.Position);
    }

    [Fact]
    public async Task Nothing_is_fetched_while_nothing_is_new()
    {
        var mirror = await FollowedAsync();
        var (fetched, at) = (publisher.Contents, publisher.Manifests);
        await mirror.FollowOnceAsync(Ct);
        Assert.Equal((fetched, at + 1), (publisher.Contents, publisher.Manifests));
    }

    [Fact]
    public async Task A_bulletin_is_on_every_page_until_the_publisher_has_it()
    {
        var mirror = await FollowedAsync();
        var offer = publisher.Offer;
        publisher.Offer = null;
        await PassAsync(mirror, TimeSpan.FromSeconds(60));
        Assert.Null(Take(mirror, Word("Everything is <b>down</b>")));
        await PassAsync(mirror, TimeSpan.FromSeconds(4));

        Assert.All(
            mirror.Edition.Front.Values.Where(page => page.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal)),
            page => Assert.Contains("Everything is &lt;b&gt;down&lt;/b&gt;", Text(page), StringComparison.Ordinal));
        Assert.Empty(publisher.Told);

        // A publisher that cannot store it yet is asked again; one that has it is not.
        (publisher.Offer, publisher.AnswersBulletins) = (offer, System.Net.HttpStatusCode.ServiceUnavailable);
        rig.Pass(TimeSpan.FromSeconds(31));
        await mirror.FollowOnceAsync(Ct);
        Assert.Single(publisher.Told);
        Assert.Contains("Everything is", Read(mirror, "/"), StringComparison.Ordinal);
        publisher.AnswersBulletins = System.Net.HttpStatusCode.OK;
        await PassAsync(mirror, TimeSpan.FromSeconds(6));

        Assert.Equal(2, publisher.Told.Count);
        AssertSame(mirror);
    }

    [Fact]
    public async Task A_bulletin_that_the_publisher_will_never_take_is_told_to_it_once()
    {
        var mirror = await FollowedAsync();
        Assert.Null(Take(mirror, Word("Everything is down")));
        publisher.AnswersBulletins = System.Net.HttpStatusCode.UnprocessableEntity;
        await PassAsync(mirror, TimeSpan.FromSeconds(6));
        Assert.Single(publisher.Told);
        Assert.Empty(board.Waiting(emergency.Public));
    }

    [Fact]
    public void Bulletins_that_cannot_be_read_are_kept_beside_and_take_nothing_from_those_to_come()
    {
        disk.Files[BulletinBoard.FileName] = "[{"u8.ToArray();
        Assert.NotNull(board.Restore());
        Assert.Empty(board.Shown(emergency.Public));
        Assert.Equal("[{"u8.ToArray(), disk.Files[$"{BulletinBoard.FileName}.damaged"]);
        Assert.Null(new BulletinBoard(new MemoryDisk(), BulletinBoard.FileName, rig.Time).Restore());
    }

    [Fact]
    public async Task A_bulletin_outlives_a_start_and_not_its_day()
    {
        var mirror = await FollowedAsync();
        publisher.Offer = null;
        Assert.Null(Take(mirror, Word("Everything is down")));
        board.Restore();
        var again = New();
        again.Restore();
        Assert.Contains("Everything is down", Read(again, "/"), StringComparison.Ordinal);

        rig.Time.Advance(TimeSpan.FromHours(24));
        await PassAsync(again, TimeSpan.FromSeconds(4));
        Assert.DoesNotContain("Everything is down", Read(again, "/"), StringComparison.Ordinal);
        Assert.Single(board.Waiting(emergency.Public));
    }

    [Fact]
    public async Task A_bulletin_that_is_sent_twice_is_there_once()
    {
        var mirror = await FollowedAsync();
        var word = Word("Everything is down");
        Assert.Null(Take(mirror, word));
        Assert.Null(Take(mirror, word));
        Assert.Single(board.Waiting(emergency.Public));
    }

    [Fact]
    public async Task What_is_not_signed_with_the_key_that_the_publisher_has_named_is_no_bulletin()
    {
        var mirror = await FollowedAsync();
        var signed = Word("Send your passwords here").Write();
        const string Why = "not signed with the emergency key";

        Assert.Contains(Why, board.Take(mirror.Emergency, signed, []), StringComparison.Ordinal);
        Assert.Contains(Why, board.Take(mirror.Emergency, signed, key.Sign(Purpose.Bulletin, signed)), StringComparison.Ordinal);
        Assert.Contains(Why, board.Take(mirror.Emergency, signed, emergency.Sign(Purpose.Edition, signed)), StringComparison.Ordinal);
        Assert.Contains(Why, board.Take(mirror.Emergency, [.. signed, (byte)' '], emergency.Sign(Purpose.Bulletin, signed)), StringComparison.Ordinal);
        Assert.Contains("has named no emergency key", board.Take(null, signed, emergency.Sign(Purpose.Bulletin, signed)), StringComparison.Ordinal);
        Assert.Empty(board.Shown(mirror.Emergency));
    }

    [Fact]
    public async Task A_bulletin_that_is_no_good_is_refused_with_the_reason()
    {
        var mirror = await FollowedAsync();
        var good = Word("Everything is down");
        (Bulletin Bulletin, string Why)[] bad =
        [
            (good with { At = rig.Now.AddHours(-25) }, "too long ago"),
            (good with { At = rig.Now.AddMinutes(6) }, "look at the clock"),
            (good with { Title = " " }, "Its title"),
            (good with { Title = new('a', 201) }, "Its title"),
            (good with { Body = new('a', 5_001) }, "Its text"),
            (good with { Id = "../../etc/pw" }, "Its ids"),
            (good with { Incident = "" }, "Its ids"),
        ];

        Assert.All(bad, one => Assert.Contains(one.Why, Take(mirror, one.Bulletin), StringComparison.Ordinal));
        Assert.Contains("It cannot be read", board.Take(mirror.Emergency, "{}"u8, emergency.Sign(Purpose.Bulletin, "{}"u8)), StringComparison.Ordinal);
        Assert.Null(Take(mirror, good));
    }

    [Fact]
    public async Task A_disk_that_takes_no_bulletin_is_no_promise()
    {
        var mirror = await FollowedAsync();
        disk.IsFull = true;
        Assert.Throws<IOException>(() => Take(mirror, Word("Everything is down")));
        Assert.Empty(board.Shown(mirror.Emergency));
    }

    [Fact]
    public void The_key_is_the_same_after_a_start_and_something_else_in_its_file_is_said()
    {
        var keys = new MemoryDisk();
        using var first = SigningKey.Load(keys, SigningKey.PublisherFile);
        using var again = SigningKey.Load(keys, SigningKey.PublisherFile);
        Assert.Equal(first.Public.ToString(), again.Public.ToString());
        Assert.Equal(first.Public.ToString(), PinnedKey.Read(first.Public.ToString())?.ToString());
        Assert.Null(PinnedKey.Read(first.Public.ToString()[..^2] + "AA"));
        Assert.Null(PinnedKey.Read("short"));

        keys.Files[SigningKey.PublisherFile] = "something else"u8.ToArray();
        Assert.Contains("is not the key", Assert.Throws<InvalidDataException>(() => SigningKey.Load(keys, SigningKey.PublisherFile)).Message, StringComparison.Ordinal);
    }

    private Bulletin Word(string title) => new("4f8k2n6p9q1s", "4f8k2n6p9q1s", rig.Now, IncidentStatus.Investigating, title, "We lost our account and are on it.");

    private string? Take(Mirror mirror, Bulletin bulletin) =>
        board.Take(mirror.Emergency, bulletin.Write(), emergency.Sign(Purpose.Bulletin, bulletin.Write()));

    private Offered Signed(Manifest manifest)
    {
        var bytes = manifest.Write();
        return new(bytes, Base64Url.EncodeToString(key.Sign(Purpose.Edition, bytes)));
    }

    private Mirror New() => new(http, Address, key.Public, new(disk, CopyFile.FileName, key.Public), board, self, rig.Time, NullLogger<Mirror>.Instance)
    {
        Announce = news.Add,
    };

    private async Task<Mirror> FollowedAsync()
    {
        var mirror = New();
        await mirror.FollowOnceAsync(Ct);
        Assert.True(mirror.IsServing, string.Join(' ', self.Problems.Select(problem => problem.Detail ?? problem.Sentence)));
        return mirror;
    }

    /// <summary>The next edition comes changed: nothing of it is shown, and the operator reads why.</summary>
    private async Task RefusedAsync(Mirror mirror, string why)
    {
        var before = mirror.Edition;
        rig.Happen(MadeUpWorld.Down(MadeUpWorld.Mail, rig.Now));
        rig.Pass(TimeSpan.FromSeconds(2));
        await mirror.FollowOnceAsync(Ct);

        Assert.Contains(self.Problems, problem => problem.Detail?.Contains(why, StringComparison.Ordinal) == true);
        Assert.Same(before, mirror.Edition);
    }

    /// <summary>Lets time pass for the mirror alone: its publisher renders nothing meanwhile.</summary>
    private async Task PassAsync(Mirror mirror, TimeSpan by)
    {
        for (var passed = TimeSpan.Zero; passed < by; passed += TimeSpan.FromSeconds(2))
        {
            rig.Time.Advance(TimeSpan.FromSeconds(2));
            await mirror.FollowOnceAsync(Ct);
        }
    }

    private void AssertSame(Mirror mirror)
    {
        var theirs = rig.Publisher.Edition;
        Assert.Equal(theirs.Front.Keys.Order(StringComparer.Ordinal), mirror.Edition.Front.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["/incidents/incidentold1", "/incidents/incidentold2"], mirror.Edition.Archive.Keys.Order(StringComparer.Ordinal));
        foreach (var (path, page) in theirs.Front.Concat(theirs.Archive))
        {
            var copy = mirror.Edition.Find(path, rig.Now)!;
            Assert.Equal(Text(page), Text(copy));
            Assert.Equal((page.StatusCode, page.ContentType, page.ContentSecurityPolicy, page.CacheControl), (copy.StatusCode, copy.ContentType, copy.ContentSecurityPolicy, copy.CacheControl));
        }
    }

    private static World WithAPast() => MadeUpWorld.Well().After(
        MadeUpWorld.Opened("incidentold1", MadeUpWorld.Start, "Mail was down", MadeUpWorld.Mail),
        MadeUpWorld.Updated("incidentold1", 2, MadeUpWorld.Start.AddHours(1), IncidentStatus.Resolved, "Over."),
        MadeUpWorld.Opened("incidentold2", MadeUpWorld.Start.AddHours(2), "Login was down", MadeUpWorld.Login),
        MadeUpWorld.Updated("incidentold2", 2, MadeUpWorld.Start.AddHours(3), IncidentStatus.Resolved, "Over."));

    private string Read(Mirror mirror, string path) => Text(mirror.Edition.Find(path, rig.Now)!);

    private static string Text(PageBytes page) => Encoding.UTF8.GetString(page.Identity.Bytes.Span);
}
