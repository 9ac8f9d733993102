using Candor.Access;
using Candor.Notices.Ledger;
using Candor.Notices.Streams;
using Candor.State;
using Candor.State.Incidents;
using Candor.Subscribing.Ledgers;
using Candor.Tests.Notices;
using Candor.Tests.Notices.Subscribers;
using Microsoft.AspNetCore.Http;

namespace Candor.Tests.Subscribing;

/// <summary>What whom the ledger is shown to gets to see of it.</summary>
public sealed class LedgerDeskTests
{
    private static readonly Principal Reader = Token(TokenScope.Read, Reach.Everything);
    private static readonly Principal Admin = Token(TokenScope.Admin, Reach.Everything);
    private static readonly Principal Limited = Token(TokenScope.Read, new([NoticeWorld.Home]));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("550 5.1.1 <ada@example.com>: Recipient address rejected: User unknown", "550 5.1.1")]
    [InlineData("550-5.1.1 <ADA@EXAMPLE.COM> unknown here", "550-5.1.1")]
    [InlineData("451 ADA at example.com is greylisted", "451")]
    [InlineData("250 OK", "250")]
    [InlineData("503", "503")]
    [InlineData("ada@example.com does not exist", null)]
    [InlineData("550ada@example.com", null)]
    [InlineData("203.0.113.7: no route to host", null)]
    [InlineData("No such host is known. (hooks.example.com:443)", null)]
    public async Task What_a_server_said_shows_no_address_to_whoever_may_not_see_them(string said, string? shown)
    {
        await using var rig = await SubscriberRig.StartAsync(NoticeWorld.Opens(NoticeWorld.Noon));
        var desk = new LedgerDesk(rig.Desk);
        var stream = new NoticeStream(NoticeWorld.IdOf(1), NoticeWorld.OutageTopic)
            .Accept([new Piece(1, NoticeWorld.Noon, PieceState.Pending), new Piece(2, NoticeWorld.Noon, PieceState.Pending)])
            .Begin("email", NoticeWorld.Noon).TryAgain(NoticeWorld.Noon, "refused", said, counts: true);
        foreach (var entry in new LedgerEntry[] { new("email", stream), new("email", stream.Begin("email", NoticeWorld.Noon).Fail(NoticeWorld.Noon, "refused", said)) })
        {
            var search = new LedgerSearch(NoticeWorld.OutageTopic);
            var (rows, lines) = (desk.RowsOf(Reader, search, entry).ToList(), LedgerDesk.LinesOf(Reader, search, entry).ToList());

            Assert.Contains(rows, static row => row.Why == "refused");
            Assert.Equal(shown, rows[^1].Said);
            Assert.Equal(shown, lines[^1].Said);
            Assert.All(rows, row => Assert.DoesNotContain("ada", LedgerEndpoints.TableRow(row), StringComparison.OrdinalIgnoreCase));
            Assert.Equal(said, desk.RowsOf(Admin, search, entry).Last().Said);
            Assert.Equal(said, LedgerDesk.LinesOf(Admin, search, entry).Last().Said);
        }
    }

    [Fact]
    public async Task Whoever_is_limited_to_components_knows_no_digest_and_nobodys_link()
    {
        await using var rig = await SubscriberRig.StartAsync(NoticeWorld.Opens(NoticeWorld.Noon), NoticeWorld.Joins(1));
        var desk = new LedgerDesk(rig.Desk);
        Topic[] ofThePage = [Topic.OfDigest(DigestEvery.Hourly), Topic.OfDigest(DigestEvery.Daily), new("subscription:" + NoticeWorld.IdOf(1))];

        Assert.NotNull(desk.SearchOf(Limited, NoticeWorld.OutageTopic, new QueryCollection()));
        Assert.All(ofThePage, topic => Assert.NotNull(desk.SearchOf(Reader, topic, new QueryCollection())));
        Assert.All(ofThePage, topic => Assert.Null(desk.SearchOf(Limited, topic, new QueryCollection())));
        Assert.Equal(
            await SavedAsync(desk, Limited, new Topic("incident:nothere00000"), []),
            await SavedAsync(desk, Limited, ofThePage[0], []));
    }

    [Fact]
    public async Task Only_an_export_that_there_is_stands_in_the_audit_and_only_where_it_has_addresses()
    {
        await using var rig = await SubscriberRig.StartAsync(NoticeWorld.Opens(NoticeWorld.Noon));
        var desk = new LedgerDesk(rig.Desk);
        var noted = new List<string>();

        Assert.Equal(StatusCodes.Status404NotFound, (await SavedAsync(desk, Admin, new Topic("nonsense"), noted)).Status);
        Assert.Empty(noted);
        Assert.Equal(StatusCodes.Status200OK, (await SavedAsync(desk, Reader, NoticeWorld.OutageTopic, noted)).Status);
        Assert.Empty(noted);
        Assert.Equal(StatusCodes.Status200OK, (await SavedAsync(desk, Admin, NoticeWorld.OutageTopic, noted)).Status);
        Assert.Equal([$"{Admin.Actor} {NoticeWorld.OutageTopic}"], noted);
    }

    [Fact]
    public async Task What_is_looked_for_is_found_by_id_or_by_a_part_of_the_address_for_whoever_sees_those()
    {
        await using var rig = await SubscriberRig.StartAsync(NoticeWorld.Opens(NoticeWorld.Noon));
        var desk = new LedgerDesk(rig.Desk);
        var (ada, _, _) = await rig.Desk.EnterAsync(new() { Channel = "email", Address = "ada@example.com" }, new("token:t"), Ct);
        await rig.Desk.EnterAsync(new() { Channel = "email", Address = "grace@example.com" }, new("token:t"), Ct);
        LedgerSearch Search(Principal who, string query) => desk.SearchOf(who, NoticeWorld.OutageTopic, Query(query))!;

        Assert.Equal([ada], Search(Admin, "?q=+ADA@ex").Who!);
        Assert.Equal(2, Search(Admin, "?q=example.com").Who!.Count);
        Assert.Equal([ada], Search(Reader, "?q=" + ada).Who!);
        Assert.Empty(Search(Reader, "?q=ada@ex").Who!);
        Assert.Null(Search(Reader, "?q=++").Who);
        Assert.Equal(
            ("failed", "email", new LedgerPlace("email", ada)),
            Search(Admin, $"?state=failed&channel=email&after=email.{ada}") is var asked ? (asked.State, asked.Channel, asked.After!.Value) : default);
        Assert.Equal(("", "", null), Search(Admin, "?state=lost") is var none ? (none.State, none.Channel, none.After) : default);
    }

    [Theory]
    [InlineData("?foo=1", "“foo” is nothing that can be asked for here; known are q, state, channel, after.")]
    [InlineData("?state=lost", "“lost” is no state; write one of sent, failed,")]
    [InlineData("?channel=pigeon", "“pigeon” is no channel; write one of email,")]
    [InlineData("?after=3", "“after” is no place in this ledger")]
    [InlineData("?state=sent&state=failed", "“state” stands there more than once")]
    public async Task What_is_not_understood_of_a_programs_question_is_refused_and_not_left_out(string query, string sentence)
    {
        await using var rig = await SubscriberRig.StartAsync(NoticeWorld.Opens(NoticeWorld.Noon));

        var (status, body) = await SavedAsync(new LedgerDesk(rig.Desk), Admin, NoticeWorld.OutageTopic, [], query);

        Assert.Equal(StatusCodes.Status400BadRequest, status);
        Assert.Contains(sentence, System.Text.Json.JsonElement.Parse(body).GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(StatusCodes.Status200OK, (await SavedAsync(new LedgerDesk(rig.Desk), Admin, NoticeWorld.OutageTopic, [], "?q=&state=&channel=")).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_dead_letter_that_two_people_have_tried_again_at_once_is_tried_once_and_the_audit_says_so()
    {
        await using var rig = await SubscriberRig.StartAsync();
        var (ada, _, _) = await rig.Desk.EnterAsync(new() { Channel = "email", Address = "ada@example.com" }, new("token:t"), Ct);
        var number = rig.World.Subscribers[ada].Number;
        await rig.HappensAsync(
            NoticeWorld.Opens(NoticeWorld.Noon),
            new NoticesHandedOver(NoticeWorld.Noon, "email", [new(NoticeWorld.OutageTopic, 1, NumberSet.Empty) { Failed = NumberSet.Of([number]) }]));
        var key = new StreamKey(ada, NoticeWorld.OutageTopic);
        while (rig.Office.Rooms.Length == 0)
        {
            await Task.Delay(1, Ct);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var (room, running) = (rig.Office.Rooms[0], rig.Office.Rooms[0].RunAsync(ended.Token));
        while (!room.IsOpen || (await room.HistoryAsync(ada, Ct)).All(static one => one.DeadLetter.IsEmpty))
        {
            await Task.Delay(1, Ct);
            rig.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        var said = await Task.WhenAll(rig.Desk.ReplayAsync(key, Admin, null, Ct), rig.Desk.ReplayAsync(key, Admin, null, Ct));
        await ended.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        Assert.Equal("nothing_dead", Assert.Single(said, static one => one is not null)!.Code);
        Assert.Equal(
            ["notice.not_replayed", "notice.replayed", "notice.replayed"],
            rig.World.Audit.Select(static one => one.Act).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_rule_against_what_goes_on_elsewhere_is_said_in_words() =>
        Assert.Equal("they are told by the incident that this one goes on in", LedgerWords.Why(PieceState.Suppressed, "merged", null));

    private static async Task<(int Status, string Body)> SavedAsync(LedgerDesk desk, Principal who, Topic topic, List<string> noted, string query = "")
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestAborted = Ct };
        context.Response.Body = body;
        context.Request.RouteValues["topic"] = topic.Value;
        context.Request.QueryString = new(query);
        context.Features.Set(who);
        await LedgerEndpoints.SaveCsvAsync(context, desk, (_, by, about) =>
        {
            noted.Add($"{by.Actor} {about}");
            return ValueTask.CompletedTask;
        });
        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }

    private static IQueryCollection Query(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new(query);
        return context.Request.Query;
    }

    private static TokenPrincipal Token(TokenScope scope, Reach reach) => new(new("token0000001"), "a token", scope, reach, "credential");
}
