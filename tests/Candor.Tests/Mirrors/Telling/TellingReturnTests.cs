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
    private readonly HashSet<string> waiting = [];
    private readonly TellingReturn back;
    private Journal<World, Event> journal = null!;
    private Task running = Task.CompletedTask;
    private bool isHeard;

    public TellingReturnTests()
    {
        var disk = new MemoryDisk();
        (book, http) = (new(disk, "", time), new(publisher));
        var teller = new Teller(new(disk, "board", time), static () => null, static () => null, book, null, "", time, NullLogger<Teller>.Instance);
        back = new(http, new("http://publisher.example/"), "secret", book, teller, () => isHeard, waiting.Contains, time, NullLogger<TellingReturn>.Instance);
        book.Begin(Word, 3);
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
    }

    [Fact]
    public async Task Who_has_left_is_handed_in_and_the_count_once_the_bulletin_is_there()
    {
        await back.LookOnceAsync(Ct);
        Assert.Empty(publisher.Heard);

        isHeard = true;
        waiting.Add(Word.Id);
        publisher.Status = HttpStatusCode.ServiceUnavailable;
        await back.LookOnceAsync(Ct);
        publisher.Status = HttpStatusCode.OK;
        await back.LookOnceAsync(Ct);
        Assert.Equal(Enumerable.Repeat(("/unsubscribe/" + Link, "List-Unsubscribe=One-Click", ""), 2), publisher.Heard);
        Assert.Equal(time.GetUtcNow(), Assert.Single(book.Leavers).TakenAt);

        waiting.Clear();
        publisher.Heard.Clear();
        await back.LookOnceAsync(Ct);
        await back.LookOnceAsync(Ct);
        var (path, said, token) = Assert.Single(publisher.Heard);
        Assert.Equal((ContactsEndpoints.Told, "secret"), (path, token));
        Assert.Equal(new(Word.Id, Word.Incident, Told: 1, Failed: 1, Left: 1), JsonSerializer.Deserialize(said, TellingJson.Default.ToldCount));
    }

    [Fact]
    public async Task Who_is_not_known_to_the_publisher_is_handed_in_once_and_was_not_taken()
    {
        (isHeard, publisher.Status) = (true, HttpStatusCode.NotFound);
        await back.LookOnceAsync(Ct);
        var leaver = Assert.Single(book.Leavers);
        Assert.Equal((true, null), (leaver.IsHandedIn, leaver.TakenAt));
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

    private sealed class Publisher : HttpMessageHandler
    {
        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public List<(string Path, string Body, string Token)> Heard { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var token = request.Headers.TryGetValues(ContactsEndpoints.Token, out var shown) ? shown.Single() : "";
            Heard.Add((request.RequestUri!.AbsolutePath, await request.Content!.ReadAsStringAsync(cancellationToken), token));
            return new HttpResponseMessage(Status);
        }
    }
}
