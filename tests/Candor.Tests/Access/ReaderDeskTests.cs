using System.Net;
using Candor.Access;
using Candor.Access.Reading;
using Candor.Access.Secrets;
using Candor.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Access;

/// <summary>Who is let in to what is not for everybody, and who is no longer.</summary>
public sealed class ReaderDeskTests : IAsyncLifetime
{
    private const string Shared = "correct horse battery";

    private static readonly ReaderDoors Doors = new(
        [
            new("staff", [IPNetwork.Parse("10.0.0.0/8")], Members: false, Links: false, Shared),
            new("customers", [], Members: true, Links: true, null),
        ],
        "status.example.com", []);

    private readonly MemoryPeople store = new();
    private readonly ManualTimeProvider time = new(Cast.Now);
    private readonly Cast.Chance chance = new();
    private FrontDesk desk = null!;
    private int derived;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        desk = await OpenAsync();
        desk.Readers.Doors = Doors;
    }

    public async ValueTask DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task The_shared_password_lets_in_and_nothing_like_it_does()
    {
        var secret = await EnterAsync(Shared);

        Assert.Equal("staff", desk.Readers.AudienceOf(With(secret)));
        Assert.Null(desk.Readers.AudienceOf(With(secret + "x")));
        Assert.Null(desk.Readers.AudienceOf(With("")));
        Assert.Null(desk.Readers.AudienceOf(new DefaultHttpContext()));
        Assert.Same(ReaderDesk.Wrong, (await desk.Readers.EnterAsync("", Shared + " ", "1.2.3.4", Ct)).Refusal);
        Assert.Same(ReaderDesk.Wrong, (await desk.Readers.EnterAsync("", "", "1.2.3.4", Ct)).Refusal);
    }

    [Fact]
    public async Task SEC_07_A_page_of_another_site_does_not_read_with_its_readers_cookie()
    {
        var secret = await EnterAsync(Shared);

        Assert.Null(desk.Readers.AudienceOf(With(secret, site: "cross-site")));
        Assert.Null(desk.Readers.AudienceOf(With(secret, site: "same-site")));
        Assert.Null(desk.Readers.AudienceOf(With(secret, origin: "https://evil.example")));
        Assert.Equal("staff", desk.Readers.AudienceOf(With(secret, site: "same-origin")));
        Assert.Equal("staff", desk.Readers.AudienceOf(With(secret, site: "none")));
    }

    [Fact]
    public async Task SEC_05_Another_password_ends_every_session_and_stream_by_the_old_one_also_across_a_restart()
    {
        var secret = await EnterAsync(Shared);
        var (listening, context) = Listen(secret);
        Assert.False(listening.IsCompleted);

        desk.Readers.Doors = Doors with { All = Doors.All.SetItem(0, Doors.All[0] with { Password = "another long password" }) };

        Assert.True(context.RequestAborted.IsCancellationRequested);
        await listening;
        Assert.Null(desk.Readers.AudienceOf(With(secret)));
        await desk.DisposeAsync();
        desk = await OpenAsync();
        desk.Readers.Doors = Doors with { All = Doors.All.SetItem(0, Doors.All[0] with { Password = "another long password" }) };
        Assert.Null(desk.Readers.AudienceOf(With(secret)));
        desk.Readers.Doors = Doors;
        Assert.Equal("staff", desk.Readers.AudienceOf(With(secret)));
    }

    [Fact]
    public async Task SEC_05_Whoever_is_taken_away_loses_sessions_and_streams_with_the_same_step()
    {
        var secret = await JoinAsync("ada@example.com", "a password of her own");
        var (listening, context) = Listen(secret);
        Assert.Equal("customers", desk.Readers.AudienceOf(With(secret)));

        Assert.Null(await desk.Register!.CommitAsync(roster => Readers.Remove(roster, "customers", "ada@example.com"), Ct));

        Assert.True(context.RequestAborted.IsCancellationRequested);
        await listening;
        Assert.Null(desk.Readers.AudienceOf(With(secret)));
        Assert.Same(ReaderDesk.Wrong, (await desk.Readers.EnterAsync("ada@example.com", "a password of her own", "1.2.3.4", Ct)).Refusal);
    }

    [Fact]
    public async Task What_is_taken_away_while_somebody_comes_in_is_not_begun()
    {
        var secret = await EnterAsync(Shared);
        ReaderDesk? readers = null;
        readers = new(desk.Register, desk.Reception, new InBetween(time, () => readers!.Doors = ReaderDoors.None)) { Doors = Doors };
        var hasBegun = false;

        await readers.WhileInAsync(Abortable(With(secret)), () =>
        {
            hasBegun = true;
            return Task.CompletedTask;
        });

        Assert.False(hasBegun);
    }

    [Fact]
    public async Task An_audience_that_is_gone_lets_nobody_in_and_its_streams_end()
    {
        var secret = await EnterAsync(Shared);
        var (listening, context) = Listen(secret);

        desk.Readers.Doors = ReaderDoors.None;

        Assert.True(context.RequestAborted.IsCancellationRequested);
        await listening;
        Assert.Null(desk.Readers.AudienceOf(With(secret)));
    }

    [Fact]
    public async Task A_session_and_its_stream_last_seven_days()
    {
        var secret = await EnterAsync(Shared);
        var (listening, context) = Listen(secret);
        time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal("staff", desk.Readers.AudienceOf(With(secret)));
        Assert.False(context.RequestAborted.IsCancellationRequested);

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Null(desk.Readers.AudienceOf(With(secret)));
        Assert.True(context.RequestAborted.IsCancellationRequested);
        await listening;
    }

    [Fact]
    public async Task A_link_lets_in_once_however_many_try_and_only_its_hash_is_kept()
    {
        var link = await LinkAsync(null);
        Assert.DoesNotContain(store.Rows.Values, row => row.ToString()!.Contains(link, StringComparison.Ordinal));
        Assert.NotNull(desk.Readers.LinkBehind(link));
        Assert.NotNull(desk.Readers.LinkBehind(link));

        var tries = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => desk.Readers.UseAsync(link, "", Ct)));

        var one = Assert.Single(tries, static one => one.Refusal is null);
        Assert.Equal("customers", desk.Readers.AudienceOf(With(one.Secret)));
        Assert.All(tries.Where(static one => one.Refusal is not null), static one => Assert.Equal("link.over", one.Refusal!.Code));
        Assert.Null(desk.Readers.LinkBehind(link));
        Assert.Single(store.Rows.Values.OfType<ReaderSession>());
    }

    [Fact]
    public async Task A_link_is_over_after_three_days_or_when_its_audience_takes_no_links()
    {
        var link = await LinkAsync(null);
        desk.Readers.Doors = Doors with { All = Doors.All.SetItem(1, Doors.All[1] with { Links = false }) };
        Assert.Equal("link.over", (await desk.Readers.UseAsync(link, "", Ct)).Refusal?.Code);
        desk.Readers.Doors = Doors;
        time.Advance(TimeSpan.FromHours(72));
        Assert.Equal("link.over", (await desk.Readers.UseAsync(link, "", Ct)).Refusal?.Code);
        Assert.Equal("link.over", (await desk.Readers.UseAsync("never made", "", Ct)).Refusal?.Code);
    }

    [Fact]
    public async Task A_member_chooses_a_password_with_the_link_and_comes_in_with_it_from_then_on()
    {
        var link = await LinkAsync("ada@example.com");
        Assert.Equal("password.length", (await desk.Readers.UseAsync(link, "short", Ct)).Refusal?.Code);
        Assert.Null((await desk.Readers.UseAsync(link, "a password of her own", Ct)).Refusal);

        var again = await desk.Readers.EnterAsync(" Ada@Example.com", "a password of her own", "1.2.3.4", Ct);
        var wrong = await desk.Readers.EnterAsync("ada@example.com", "another one entirely", "1.2.3.4", Ct);
        var nobody = await desk.Readers.EnterAsync("eve@example.com", "another one entirely", "1.2.3.4", Ct);

        Assert.Equal("customers", desk.Readers.AudienceOf(With(again.Secret)));
        Assert.Same(wrong.Refusal, nobody.Refusal);
    }

    [Fact]
    public async Task Whoever_is_a_member_of_two_audiences_comes_in_by_the_password_of_either()
    {
        desk.Readers.Doors = Doors with { All = Doors.All.Add(new("partners", [], Members: true, Links: true, null)) };
        await JoinAsync("ada@example.com", "a password of her own");
        await JoinAsync("ada@example.com", "another one of hers", "partners");

        var one = await desk.Readers.EnterAsync("ada@example.com", "a password of her own", "1.2.3.4", Ct);
        var other = await desk.Readers.EnterAsync("ada@example.com", "another one of hers", "1.2.3.4", Ct);

        Assert.Equal("customers", desk.Readers.AudienceOf(With(one.Secret)));
        Assert.Equal("partners", desk.Readers.AudienceOf(With(other.Secret)));
        Assert.Same(ReaderDesk.Wrong, (await desk.Readers.EnterAsync("ada@example.com", "neither of the two", "1.2.3.4", Ct)).Refusal);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_by_place_and_by_account_and_costs_nobody_else_a_try()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Same(ReaderDesk.Wrong, (await desk.Readers.EnterAsync("", $"guess number {i}", "6.6.6.6", Ct)).Refusal);
        }

        var (_, _, refusal, wait) = await desk.Readers.EnterAsync("", Shared, "6.6.6.6", Ct);
        Assert.Equal("sign_in.wait", refusal?.Code);
        Assert.InRange(wait!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Null((await desk.Readers.EnterAsync("", Shared, "7.7.7.7", Ct)).Refusal);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await desk.Readers.EnterAsync("", Shared, "6.6.6.6", Ct)).Refusal);
    }

    [Theory]
    [InlineData("10.1.2.3", null, "status.example.com", "staff")]
    [InlineData("::ffff:10.1.2.3", null, "status.example.com", "staff")]
    [InlineData("10.1.2.3", null, "10.0.0.5:8080", "staff")]
    [InlineData("10.1.2.3", null, "STATUS.example.com:443", "staff")]
    [InlineData("10.1.2.3", null, "evil.example", null)]
    [InlineData("11.1.2.3", null, "status.example.com", null)]
    [InlineData("11.1.2.3", "10.1.2.3", "status.example.com", null)]
    [InlineData("127.0.0.1", "10.1.2.3", "status.example.com", null)]
    [InlineData("192.0.2.1", "10.1.2.3", "status.example.com", "staff")]
    [InlineData("192.0.2.1", "10.1.2.3, 11.1.2.3", "status.example.com", null)]
    [InlineData("192.0.2.1", "11.1.2.3, 10.1.2.3", "status.example.com", "staff")]
    [InlineData("192.0.2.1", "11.1.2.3, 10.1.2.3, 192.0.2.9", "status.example.com", "staff")]
    [InlineData("192.0.2.1", "10.1.2.3, nonsense", "status.example.com", null)]
    [InlineData("192.0.2.1", null, "status.example.com", null)]
    public void An_address_counts_as_far_as_somebody_who_was_named_says_it(string socket, string? forwarded, string host, string? audience)
    {
        desk.Readers.Doors = Doors with { Proxies = [IPNetwork.Parse("192.0.2.0/24")] };
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(socket);
        context.Request.Host = new(host);
        context.Request.Headers["X-Forwarded-For"] = forwarded;

        Assert.Equal(audience, desk.Readers.AudienceOf(context));
    }

    [Fact]
    public void An_address_that_nobody_names_any_more_loses_its_streams()
    {
        var context = Abortable(new DefaultHttpContext());
        context.Connection.RemoteIpAddress = IPAddress.Parse("10.1.2.3");
        context.Request.Host = new("status.example.com");
        var over = new TaskCompletionSource();
        var listening = desk.Readers.WhileInAsync(context, () => over.Task);

        desk.Readers.Doors = Doors with { All = Doors.All.SetItem(0, Doors.All[0] with { Addresses = [IPNetwork.Parse("10.2.0.0/16")] }) };

        Assert.True(context.RequestAborted.IsCancellationRequested);
        over.SetResult();
        Assert.True(listening.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task SEC_36_Whoever_is_no_member_costs_the_same_work_as_whoever_is()
    {
        desk.Readers.Doors = Doors with { All = Doors.All.Add(new("partners", [], Members: true, Links: false, null)) };
        await JoinAsync("both@example.com", "a long password of both");
        await JoinAsync("both@example.com", "a long password of both", "partners");
        await JoinAsync("one@example.com", "a long password of one");
        var spent = new List<(string Email, int Rounds)>();
        foreach (var email in (string[])["both@example.com", "one@example.com", "nobody@example.com", "no address"])
        {
            derived = 0;
            Assert.Same(ReaderDesk.Wrong, (await desk.Readers.EnterAsync(email, "a wrong password", "1.2.3.4", Ct)).Refusal);
            spent.Add((email, derived));
        }

        // One comparison of ten rounds for each audience that has members.
        Assert.All(spent, static one => Assert.Equal(20, one.Rounds));
    }

    [Fact]
    public async Task SEC_36_A_link_that_leads_nowhere_costs_no_work_whatever_stands_in_it()
    {
        derived = 0;
        foreach (var link in (string[])["", "x", Hashes.NewSecret(chance)])
        {
            Assert.NotNull((await desk.Readers.UseAsync(link, "a long password", Ct)).Refusal);
        }

        Assert.Equal(0, derived);
    }

    private async Task<FrontDesk> OpenAsync() => await FrontDesk.OpenAsync(
        () => new(store.Open()),
        register => new Reception(register, Candor.Access.Secrets.MasterKeys.Load(new Pages.MemoryDisk(), "master.key", new string('A', 43) + "=", chance), chance, time, new KeptAudit(), rounds: 10, Counted),
        time, NullLogger.Instance, Ct);

    private byte[] Counted(string password, ReadOnlySpan<byte> salt, int rounds)
    {
        derived += rounds;
        return Candor.Access.Factors.PasswordHash.Derive(password, salt, rounds);
    }

    private async Task<string> EnterAsync(string password)
    {
        var (_, secret, refusal, _) = await desk.Readers.EnterAsync("", password, "1.2.3.4", Ct);
        Assert.Null(refusal);
        return secret;
    }

    private async Task<string> JoinAsync(string email, string password, string audience = "customers")
    {
        var (secret, refusal) = await desk.Readers.UseAsync(await LinkAsync(email, audience), password, Ct);
        Assert.Null(refusal);
        return secret;
    }

    private async Task<string> LinkAsync(string? email, string audience = "customers")
    {
        var secret = Hashes.NewSecret(chance);
        var link = new ReaderLink(Hashes.Of(secret), audience, time.GetUtcNow() + ReaderLink.Lasts) { Email = email };
        Assert.Null(await desk.Register!.CommitAsync(roster => Readers.Invite(roster, link, time.GetUtcNow()), Ct));
        return secret;
    }

    private (Task Listening, HttpContext Context) Listen(string secret)
    {
        var context = Abortable(With(secret));
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        context.RequestAborted.Register(over.SetResult);
        return (desk.Readers.WhileInAsync(context, () => over.Task), context);
    }

    private static DefaultHttpContext With(string secret, string? site = null, string? origin = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new("status.example.com");
        context.Request.Headers.Cookie = $"{ReaderCookie.Secure}={secret}";
        if (site is not null)
        {
            context.Request.Headers["Sec-Fetch-Site"] = site;
        }

        if (origin is not null)
        {
            context.Request.Headers.Origin = origin;
        }

        return context;
    }

    private static HttpContext Abortable(HttpContext context)
    {
        context.Features.Set<IHttpRequestLifetimeFeature>(new Lifetime());
        return context;
    }

    /// <summary>Something happens when somebody's time in here is set.</summary>
    private sealed class InBetween(TimeProvider inner, Action happens) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            happens();
            return inner.CreateTimer(callback, state, dueTime, period);
        }
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource aborted = new();

        public CancellationToken RequestAborted { get => aborted.Token; set => throw new NotSupportedException(); }

        public void Abort() => aborted.Cancel();

        public void Dispose() => aborted.Dispose();
    }
}
