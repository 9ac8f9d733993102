using System.Net;
using System.Text.Json;
using Candor.Journal;
using Candor.Journal.Memory;
using Candor.Mirrors;
using Candor.Mirrors.Telling;
using Candor.Node;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Pages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Mirrors.Telling;

/// <summary>What a publisher that is back hears from a mirror that told people: who has left, and how many were told, each once.</summary>
public sealed class TellingReturnTests : IAsyncLifetime
{
    private const string Link = "ada000000000.00ff";

    private static readonly Bulletin Word = new(
        "4f8k2n6p9q1s", "4f8k2n6p9q1s", MadeUpWorld.Start, IncidentStatus.Investigating, "Everything is down", "We lost our account.");

    private readonly ManualTimeProvider time = new(MadeUpWorld.Start.AddHours(1));
    private readonly TellingBook book;
    private readonly Publisher publisher = new();
    private readonly HttpMessageInvoker http;
    private readonly CancellationTokenSource stopping = new();
    private readonly SigningKey emergency = SigningKey.Make(new MemoryDisk(), "emergency.key");
    private readonly BulletinBoard board;
    private PinnedKey? named;
    private readonly TellingReturn back;
    private Journal<World, Event> journal = null!;
    private Task running = Task.CompletedTask;
    private bool isHeard;

    public TellingReturnTests()
    {
        var disk = new MemoryDisk();
        board = new(disk, BulletinBoard.FileName, time);
        var signed = Word.Write();
        Assert.Null(board.Take(emergency.Public, signed, emergency.Sign(Purpose.Bulletin, signed)));
        (book, http) = (new(disk, "", time), new(publisher));
        var teller = new Teller(new(disk, "board", time), static () => null, static () => null, book, null, static () => null, "", time, NullLogger<Teller>.Instance);
        back = new(http, new("http://publisher.example/"), "secret", book, teller, () => isHeard, bulletin => board.Find(named, bulletin) is { IsFolded: true }, time, NullLogger<TellingReturn>.Instance);
        book.Begin(Word, 3, "https://status.example.net/");
        book.Note(Word.Id, Link, TellingOutcome.Told);
        book.Note(Word.Id, "bob000000000.00ff", TellingOutcome.Refused);
        Assert.True(book.Leave(Link));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        journal = new(static _ => new(new MemoryJournalStore(new MemoryJournalMedium())), new WorldFolding(time), null, time, JournalLimits.Default, NullLogger.Instance);
        running = journal.RunAsync(stopping.Token);
        await journal.WaitForOpenAsync(time, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
        http.Dispose();
        publisher.Dispose();
        emergency.Dispose();
    }

    [Fact]
    public async Task Who_has_left_is_handed_in_and_the_count_once_the_bulletin_is_there()
    {
        await back.LookOnceAsync(Ct);
        Assert.Empty(publisher.Heard);

        (isHeard, named) = (true, emergency.Public);
        publisher.Status = HttpStatusCode.ServiceUnavailable;
        await back.LookOnceAsync(Ct);
        publisher.Status = HttpStatusCode.OK;
        await back.LookOnceAsync(Ct);
        Assert.Equal(Enumerable.Repeat(("/unsubscribe/" + Link, "List-Unsubscribe=One-Click", ""), 2), publisher.Heard);
        Assert.Equal(time.GetUtcNow(), Assert.Single(book.Leavers).TakenAt);

        // Whoever forgot the emergency key says nothing of what was posted with it.
        (publisher.Heard, named) = ([], null);
        await back.LookOnceAsync(Ct);
        Assert.Empty(publisher.Heard);

        Fold();
        await back.LookOnceAsync(Ct);
        await back.LookOnceAsync(Ct);
        var (path, said, token) = Assert.Single(publisher.Heard);
        Assert.Equal((ContactsEndpoints.Told, "secret"), (path, token));
        Assert.Equal(new(Word.Id, Word.Incident, Told: 1, Failed: 1, Left: 1) { Home = "https://status.example.net/" }, JsonSerializer.Deserialize(said, TellingJson.Default.ToldCount));
    }

    [Fact]
    public async Task Who_is_not_known_to_the_publisher_is_said_again_for_days_and_was_not_taken()
    {
        Fold();
        (isHeard, publisher.Status) = (true, HttpStatusCode.NotFound);
        var began = time.GetUtcNow();
        while (!Assert.Single(book.Leavers).IsHandedIn || !Assert.Single(book.Tellings).IsReported)
        {
            await back.LookOnceAsync(Ct);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(time.GetUtcNow() - began, TimeSpan.FromDays(4), TimeSpan.FromDays(4.2));
        Assert.InRange(publisher.Heard.Count, 2 * 90, 2 * 110);
        Assert.Null(Assert.Single(book.Leavers).TakenAt);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    public async Task A_publisher_that_is_back_in_pieces_takes_it_once_they_are_there(HttpStatusCode before)
    {
        Fold();
        (isHeard, publisher.Status) = (true, before);
        await back.LookOnceAsync(Ct);
        await back.LookOnceAsync(Ct);
        Assert.Equal(2, publisher.Heard.Count);
        time.Advance(TimeSpan.FromHours(50));
        await back.LookOnceAsync(Ct);
        (publisher.Status, publisher.Heard) = (HttpStatusCode.OK, []);
        time.Advance(TimeSpan.FromHours(1));
        await back.LookOnceAsync(Ct);
        await back.LookOnceAsync(Ct);
        Assert.Equal(["/unsubscribe/" + Link, ContactsEndpoints.Told], publisher.Heard.Select(static one => one.Path));
        Assert.Equal(time.GetUtcNow(), Assert.Single(book.Leavers).TakenAt);
        Assert.True(Assert.Single(book.Tellings).IsReported);
    }

    [Fact]
    public async Task Two_mirrors_that_told_the_same_bulletin_are_both_in_the_audit_and_the_last_count_of_each()
    {
        Assert.Null((await journal.CommitAsync(world => Folding.Decide(world, time.GetUtcNow(), Word), Ct)).Refusal);
        var first = new ToldCount(Word.Id, Word.Incident, 118, 2, 5) { Home = "https://status.example.net/" };
        foreach (var count in new[] { first, first, first with { Home = "https://status.example.org/" }, first with { Told = 123, Left = 0 } })
        {
            Assert.True(count.IsSound);
            Assert.Null(await ContactsEndpoints.NoteAsync(journal, time.GetUtcNow(), count, Ct));
        }

        Assert.Equal(
            [
                "The mirror https://status.example.net/ told 118 by mail; its mail server refused 2, and 5 were not reached.",
                "The mirror https://status.example.org/ told 118 by mail; its mail server refused 2, and 5 were not reached.",
                "The mirror https://status.example.net/ told 123 by mail; its mail server refused 2, and 0 were not reached.",
            ],
            journal.State.Audit.Where(static one => one.Act == ToldCount.Act).Select(static one => one.Reason));
        for (var told = 0; told < 100; told++)
        {
            await ContactsEndpoints.NoteAsync(journal, time.GetUtcNow(), first with { Told = told }, Ct);
        }

        Assert.Equal(32, journal.State.Audit.Count(static one => one.Act == ToldCount.Act));
        Assert.All(["http://status.example.net/", "https://a@status.example.net/", "https://status.example.net/x", "status"], home => Assert.False((first with { Home = home }).IsSound));
    }

    [Fact]
    public async Task The_count_stands_in_the_audit_once_and_only_of_what_is_in_the_journal()
    {
        var count = new ToldCount(Word.Id, Word.Incident, 118, 2, 0);
        Assert.Contains("not in the journal", await ContactsEndpoints.NoteAsync(journal, time.GetUtcNow(), count, Ct), StringComparison.Ordinal);
        Assert.Null((await journal.CommitAsync(world => Folding.Decide(world, time.GetUtcNow(), Word), Ct)).Refusal);
        Assert.Null(await ContactsEndpoints.NoteAsync(journal, time.GetUtcNow(), count, Ct));
        Assert.Null(await ContactsEndpoints.NoteAsync(journal, time.GetUtcNow().AddMinutes(1), count, Ct));

        var act = Assert.Single(journal.State.Audit, static one => one.Act == ToldCount.Act);
        Assert.Equal(("mirror:4f8k2n6p9q1s", "4f8k2n6p9q1s"), (act.By.ToString(), act.Target));
        Assert.Equal("A mirror told 118 by mail; its mail server refused 2, and 0 were not reached.", act.Reason);
        Assert.Single(journal.State.Incidents[new(Word.Incident)].Updates);
        Assert.False(new ToldCount("../x", Word.Incident, 1, 1, 1).IsSound);
        Assert.False((count with { Told = -1 }).IsSound);
    }

    /// <summary>The mirror knows that the publisher has it.</summary>
    private void Fold()
    {
        named = emergency.Public;
        board.Fold(board.Waiting(named).Single());
    }

    private sealed class Publisher : HttpMessageHandler
    {
        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public List<(string Path, string Body, string Token)> Heard { get; set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var token = request.Headers.TryGetValues(ContactsEndpoints.Token, out var shown) ? shown.Single() : "";
            Heard.Add((request.RequestUri!.AbsolutePath, await request.Content!.ReadAsStringAsync(cancellationToken), token));
            return new HttpResponseMessage(Status);
        }
    }
}
