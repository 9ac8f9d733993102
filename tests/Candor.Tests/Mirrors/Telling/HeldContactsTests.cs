using System.Net;
using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Testing;
using Candor.Tests.Contracts;
using Candor.Tests.Pages;
using Candor.Watching;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>What a mirror takes as contacts from whoever answers at the publisher's address, and what it keeps.</summary>
public sealed class HeldContactsTests : IDisposable
{
    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);
    private readonly MemoryDisk disk = new();
    private readonly SigningKey publisher = SigningKey.Make(new MemoryDisk(), SigningKey.PublisherFile);
    private readonly ContactsKey key;
    private readonly Answerer answers = new();
    private readonly HttpMessageInvoker http;
    private readonly SelfLog self;
    private readonly ListLogger<HeldContacts> log = new();

    public HeldContactsTests()
    {
        key = ContactsKey.Make(new MemoryDisk(), "contacts.key", publisher.Public);
        (http, self) = (new(answers), new(time));
        answers.Body = Sealed().Write();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        http.Dispose();
        answers.Dispose();
        publisher.Dispose();
        key.Dispose();
    }

    [Fact]
    public async Task The_newest_is_kept_and_none_that_came_before_it()
    {
        var held = await FollowedAsync();
        var first = disk.Files.Single().Value;
        time.Advance(TimeSpan.FromMinutes(1));
        answers.Body = Sealed().Write();
        await held.FollowOnceAsync(Ct);
        Assert.Equal(answers.Body, disk.Files.Single().Value);
        Assert.NotEqual(first, answers.Body);
        Assert.Equal(time.GetUtcNow(), held.Newest!.Header.At);
        Assert.Equal("secret", answers.Shown);

        var again = Held();
        again.Restore();
        Assert.Equal(held.Newest.Header, again.Newest!.Header);
        Assert.Empty(self.Problems);
    }

    [Fact]
    public async Task An_older_one_that_was_truly_signed_is_not_taken_again()
    {
        var old = answers.Body;
        time.Advance(TimeSpan.FromMinutes(1));
        answers.Body = Sealed().Write();
        var held = await FollowedAsync();
        answers.Body = old;
        await held.FollowOnceAsync(Ct);
        Assert.Equal(time.GetUtcNow(), held.Newest!.Header.At);
        Assert.Contains(self.Problems, static problem => problem.Detail!.Contains("are not newer than those that are held", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_changed_on_the_way_or_signed_by_another_is_not_taken()
    {
        using var other = SigningKey.Make(new MemoryDisk(), SigningKey.PublisherFile);
        var held = Held();
        foreach (var body in new[] { [.. answers.Body, 0], SealedContacts.None(other, time.GetUtcNow()).Write(), "nonsense"u8.ToArray(), [] })
        {
            answers.Body = body;
            await held.FollowOnceAsync(Ct);
            Assert.Null(held.Newest);
            Assert.Single(self.Problems);
        }

        Assert.Empty(disk.Files);
    }

    [Fact]
    public async Task A_wrong_token_is_named_and_takes_nothing_away()
    {
        var held = await FollowedAsync();
        answers.Status = HttpStatusCode.NotFound;
        await held.FollowOnceAsync(Ct);
        Assert.NotNull(held.Newest);
        Assert.Contains(self.Problems, static problem => problem.Detail!.Contains("stands in contacts.token in its data folder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task That_there_are_to_be_none_takes_them_from_the_disk_too()
    {
        var held = await FollowedAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        answers.Body = SealedContacts.None(publisher, time.GetUtcNow()).Write();
        await held.FollowOnceAsync(Ct);
        Assert.Null(held.Newest);
        Assert.Equal(answers.Body, disk.Files.Single().Value);
    }

    [Fact]
    public async Task After_30_days_without_the_publisher_they_are_forgotten()
    {
        var held = await FollowedAsync();
        answers.Status = HttpStatusCode.NotFound;
        time.Advance(SealedContacts.KeptFor);
        await held.FollowOnceAsync(Ct);
        Assert.NotNull(held.Newest);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(held.Newest);
        await held.FollowOnceAsync(Ct);
        Assert.Empty(disk.Files);
    }

    [Fact]
    public async Task After_30_days_they_are_forgotten_also_where_the_publisher_answers_nobody_any_more()
    {
        var held = await FollowedAsync();
        answers.IsGone = true;
        time.Advance(SealedContacts.KeptFor);
        await held.FollowOnceAsync(Ct);
        Assert.Single(disk.Files);
        time.Advance(TimeSpan.FromSeconds(1));
        await held.FollowOnceAsync(Ct);
        Assert.Empty(disk.Files);
    }

    [Fact]
    public async Task After_30_days_they_are_forgotten_at_a_start_too()
    {
        await FollowedAsync();
        time.Advance(SealedContacts.KeptFor + TimeSpan.FromSeconds(1));
        Held().Restore();
        Assert.Empty(disk.Files);
    }

    [Fact]
    public async Task A_mirror_that_was_started_without_a_token_asks_for_none_and_forgets_what_it_had()
    {
        await FollowedAsync();
        var (held, asked) = (Held(null), answers.Asked);
        held.Restore();
        await held.FollowOnceAsync(Ct);
        Assert.Single(disk.Files);
        time.Advance(SealedContacts.KeptFor + TimeSpan.FromSeconds(1));
        await held.FollowOnceAsync(Ct);
        Assert.Empty(disk.Files);
        Assert.Equal(asked, answers.Asked);
    }

    [Fact]
    public async Task A_file_that_was_changed_is_not_used()
    {
        await FollowedAsync();
        disk.Files[HeldContacts.FileName][^1] ^= 1;
        var again = Held();
        again.Restore();
        Assert.Null(again.Newest);
    }

    [Fact]
    public async Task How_many_they_are_is_logged_and_not_each_time_and_not_for_everybody()
    {
        var held = await FollowedAsync();
        time.Advance(TimeSpan.FromHours(12));
        answers.Body = Sealed().Write();
        await held.FollowOnceAsync(Ct);
        Assert.Empty(self.Problems);
        Assert.Equal($"http://publisher.example/: contacts of 1 people are held, sealed at {MadeUpWorld.Start:MM/dd/yyyy HH:mm:ss} +00:00.", Assert.Single(log.Lines));
        time.Advance(TimeSpan.FromHours(12));
        await held.FollowOnceAsync(Ct);
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task That_they_are_more_than_a_day_old_is_said_to_who_runs_it_until_there_are_newer_ones()
    {
        var held = await FollowedAsync();
        answers.Status = HttpStatusCode.NotModified;
        time.Advance(TimeSpan.FromHours(24));
        await held.FollowOnceAsync(Ct);
        Assert.Empty(self.Problems);
        time.Advance(TimeSpan.FromSeconds(1));
        await held.FollowOnceAsync(Ct);
        Assert.Equal(("The contacts are more than a day old.", Gravity.Private), (Assert.Single(self.Problems).Sentence, self.Problems[0].Gravity));
        (answers.Status, answers.Body) = (HttpStatusCode.OK, Sealed().Write());
        await held.FollowOnceAsync(Ct);
        Assert.Empty(self.Problems);
    }

    [Fact]
    public async Task A_publisher_that_cannot_say_whom_it_would_tell_is_a_trouble()
    {
        answers.Status = HttpStatusCode.ServiceUnavailable;
        await Held().FollowOnceAsync(Ct);
        Assert.Contains("cannot say at the moment whom it would tell", Assert.Single(self.Problems).Detail, StringComparison.Ordinal);
        Assert.Single(log.Lines);
    }

    private SealedContacts Sealed() =>
        SealedContacts.Seal(new ContactList("Heron", null, [new("ada@example.com", "ada.0")]).Write(), 1, key.Public, publisher, time.GetUtcNow());

    private HeldContacts Held(string? token = "secret") => new(
        http, new("http://publisher.example/"), publisher.Public, token, disk, HeldContacts.FileName, self, time, log);

    private async Task<HeldContacts> FollowedAsync()
    {
        var held = Held();
        await held.FollowOnceAsync(Ct);
        Assert.NotNull(held.Newest);
        return held;
    }

    private sealed class Answerer : HttpMessageHandler
    {
        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public byte[] Body { get; set; } = [];

        public string? Shown { get; private set; }

        public bool IsGone { get; set; }

        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            if (IsGone)
            {
                throw new HttpRequestException("The name does not resolve.");
            }

            Shown = request.Headers.GetValues(ContactsEndpoints.Token).Single();
            return Task.FromResult(new HttpResponseMessage(Status) { Content = new ByteArrayContent(Body) });
        }
    }
}
