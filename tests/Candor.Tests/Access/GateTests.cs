using Candor.Access;
using Candor.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Access;

public sealed class GateTests : IAsyncLifetime
{
    private readonly MemoryPeople store = new();
    private readonly ManualTimeProvider time = new(Cast.Now);
    private readonly Cast.Chance chance = new();
    private FrontDesk desk = null!;
    private TokenText token = null!;
    private string cookie = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (token, var kept) = Cast.Token(chance);
        var person = Cast.Somebody(role: Role.Responder);
        (cookie, var begin) = Sessions.Begin(person.Id, Cast.Now, chance, "", "");
        foreach (var entry in new Entry[] { kept, person, (Session)begin(Roster.Of([person])).Events[0].Now! })
        {
            store.Rows[(entry.Kind, entry.Key)] = entry;
        }

        desk = await FrontDesk.OpenAsync(() => new(store.Open()), null, time, NullLogger.Instance, Ct);
    }

    public async ValueTask DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task SEC_04_A_route_without_a_policy_lets_nobody_in() =>
        Assert.Equal((403, false), await AskAsync(Route(static _ => { }), Bearer(token.Reveal())));

    /// <summary>Link scanners ask with HEAD and OPTIONS: anybody could fill the log with what is called a defect there.</summary>
    [Fact]
    public async Task The_routers_own_answer_to_a_method_that_an_address_does_not_have_is_given() =>
        Assert.Equal((200, true), await AskAsync(new Endpoint(static _ => Task.CompletedTask, EndpointMetadataCollection.Empty, "405 HTTP Method Not Supported"), static _ => { }));

    [Fact]
    public async Task A_token_comes_in_by_its_header_and_nothing_else_does()
    {
        var route = Route(static route => route.Needs(Act.PostIncident));

        Assert.Equal((200, true), await AskAsync(route, Bearer(token.Reveal())));
        Assert.Equal((200, true), await AskAsync(route, context => context.Request.Headers.Authorization = "OAuth " + token.Reveal()));
        Assert.Equal((401, false), await AskAsync(route, static _ => { }));
        Assert.Equal((401, false), await AskAsync(route, Bearer("")));
        Assert.Equal((401, false), await AskAsync(route, Bearer(token.Reveal() + "x")));
        Assert.Equal((401, false), await AskAsync(route, context => context.Request.Headers.Authorization = "Basic " + token.Reveal()));
        Assert.Equal((401, false), await AskAsync(route, context => context.Request.Headers.Authorization = new(["Bearer " + token.Reveal(), "Bearer x"])));
        Assert.Equal((401, false), await AskAsync(route, Cookie(cookie, ours: true)));
    }

    [Fact]
    public async Task A_scope_that_is_too_small_is_told_what_would_be_needed() =>
        Assert.Equal((403, false), await AskAsync(Route(static route => route.Needs(Act.Configure)), Bearer(token.Reveal())));

    [Fact]
    public async Task A_session_comes_in_by_its_cookie_and_a_token_does_not_pass_for_one()
    {
        var route = Route(static route => route.NeedsPerson(Act.PostIncident));

        Assert.Equal((200, true), await AskAsync(route, Cookie(cookie)));
        Assert.Equal((303, false), await AskAsync(route, Cookie("forged")));
        Assert.Equal((303, false), await AskAsync(route, Bearer(token.Reveal())));
        time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal((303, false), await AskAsync(route, Cookie(cookie)));
    }

    [Fact]
    public async Task A_change_comes_from_our_own_page_with_its_token()
    {
        var route = Route(static route => route.NeedsPerson(Act.PostIncident));
        var form = SessionCookie.FormToken(cookie);

        Assert.Equal((200, true), await PostAsync(route, form, site: "same-origin", origin: "http://127.0.0.1:8081"));
        Assert.Equal((200, true), await PostAsync(route, form, site: null, origin: "http://127.0.0.1:8081"));
        Assert.Equal((403, false), await PostAsync(route, "", site: "same-origin", origin: "http://127.0.0.1:8081"));
        Assert.Equal((403, false), await PostAsync(route, Hashes.Of("x"), site: "same-origin", origin: "http://127.0.0.1:8081"));
        Assert.Equal((403, false), await PostAsync(route, form, site: "cross-site", origin: "http://127.0.0.1:8081"));
        Assert.Equal((403, false), await PostAsync(route, form, site: "same-site", origin: null));
        Assert.Equal((403, false), await PostAsync(route, form, site: null, origin: "http://evil.example"));
        Assert.Equal((403, false), await PostAsync(route, form, site: null, origin: "http://127.0.0.1:8082"));
        Assert.Equal((403, false), await PostAsync(route, form, site: null, origin: "http://127.0.0.1:8081@evil.example"));
        Assert.Equal((403, false), await PostAsync(route, form, site: null, origin: "null"));
        Assert.Equal((403, false), await PostAsync(route, form, site: null, origin: null));
    }

    [Theory]
    [InlineData("cross-site", "cors", null)]
    [InlineData("cross-site", "no-cors", null)]
    [InlineData("same-site", "cors", "http://evil.example")]
    [InlineData(null, null, "http://evil.example")]
    public async Task SEC_07_A_stream_is_for_our_own_pages_alone(string? site, string? mode, string? origin)
    {
        var route = Route(static route => route.NeedsPerson(Act.SeeOperations));

        Assert.Equal((403, false), await AskAsync(route, context =>
        {
            Cookie(cookie)(context);
            context.Request.Headers["Sec-Fetch-Site"] = site;
            context.Request.Headers["Sec-Fetch-Mode"] = mode;
            context.Request.Headers.Origin = origin;
        }));
    }

    [Fact]
    public async Task Following_a_link_from_elsewhere_is_reading() =>
        Assert.Equal((200, true), await AskAsync(Route(static route => route.NeedsPerson(Act.SeeOperations)), context =>
        {
            Cookie(cookie)(context);
            context.Request.Headers["Sec-Fetch-Site"] = "cross-site";
            context.Request.Headers["Sec-Fetch-Mode"] = "navigate";
        }));

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-User", "ada@example.com")]
    [InlineData("X-Remote-User", "ada@example.com")]
    [InlineData("X-Role", "owner")]
    [InlineData("X-Original-URL", "/healthz")]
    [InlineData("X-HTTP-Method-Override", "GET")]
    [InlineData("X-Person-Id", "ada000000000")]
    [InlineData("X-Scope", "admin")]
    [InlineData("Forwarded", "for=127.0.0.1;proto=https")]
    public async Task SEC_14_No_header_lends_a_right(string name, string value)
    {
        Action<HttpContext> claim = context => context.Request.Headers[name] = value;

        Assert.Equal((401, false), await AskAsync(Route(static route => route.Needs(Act.SeeOperations)), claim));
        Assert.Equal((403, false), await AskAsync(Route(static route => route.Needs(Act.Configure)), Bearer(token.Reveal()) + claim));
        Assert.Equal((403, false), await AskAsync(Route(static route => route.NeedsPerson(Act.ManagePeople)), Cookie(cookie) + claim));
    }

    [Fact]
    public async Task SEC_29_Nothing_of_a_body_is_read_before_the_gate_has_opened()
    {
        var body = new CountedStream();

        Assert.Equal((401, false), await AskAsync(Route(static route => route.Needs(Act.PostIncident)), context =>
        {
            (context.Request.Method, context.Request.ContentLength, context.Request.Body) = ("POST", 1L << 30, body);
        }));

        Assert.Equal(0, body.Reads);
    }

    [Theory]
    [InlineData("/v1/pages?api_key={0}")]
    [InlineData("/v1/{0}/pages")]
    [InlineData("/?x=%63nd_{1}")]
    public async Task A_token_in_an_address_is_refused_and_revoked(string target)
    {
        var whole = token.Reveal();
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget =
            string.Format(System.Globalization.CultureInfo.InvariantCulture, target, whole, whole[4..]);

        await desk.Addresses.ServeAsync(context, static _ => throw new InvalidOperationException("It went on."));

        Assert.Equal(400, context.Response.StatusCode);
        Assert.Equal("seen in an address", desk.Register!.Roster.Tokens[token.Id].RevokedBecause);
        Assert.Equal((401, false), await AskAsync(Route(static route => route.Needs(Act.PostIncident)), Bearer(whole)));
    }

    [Fact]
    public async Task Whoever_knows_only_the_id_of_a_token_cannot_have_it_revoked()
    {
        var context = new DefaultHttpContext();
        var forged = token with { Secret = TokenText.Make("api", chance).Secret };
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/?t=" + forged.Reveal();

        await desk.Addresses.ServeAsync(context, static _ => Task.CompletedTask);

        Assert.Equal(400, context.Response.StatusCode);
        Assert.Null(desk.Register!.Roster.Tokens[token.Id].RevokedAt);
    }

    [Fact]
    public async Task SEC_05_An_open_stream_ends_with_what_let_it_in()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var context = Context(Route(static route => route.NeedsPerson(Act.SeeOperations)), Cookie(cookie));
        context.Features.Set<IHttpRequestLifetimeFeature>(new Lifetime(ended));
        var stream = desk.Gate.ServeAsync(context, _ => ended.Task);
        Assert.False(stream.IsCompleted);

        await desk.Register!.CommitAsync(roster => Sessions.End(roster, Hashes.Of(cookie)), Ct);

        await stream.WaitAsync(TimeSpan.FromSeconds(1), Ct);
    }

    [Fact]
    public async Task Without_the_list_of_people_nobody_is_let_in_and_what_is_open_stays_open()
    {
        await using var blind = await FrontDesk.OpenAsync(static () => throw new IOException("damaged"), null, time, NullLogger.Instance, Ct);

        Assert.Equal((503, false), await AskAsync(Route(static route => route.Needs(Act.PostIncident)), Bearer(token.Reveal()), blind));
        Assert.Equal((200, true), await AskAsync(Route(static route => route.OpenToAll("test")), static _ => { }, blind));
    }

    private static Action<HttpContext> Bearer(string text) => context => context.Request.Headers.Authorization = "Bearer " + text;

    private static Action<HttpContext> Cookie(string secret, bool ours = false) => context =>
    {
        context.Request.Headers.Cookie = $"{SessionCookie.Plain}={secret}";
        if (ours)
        {
            context.Request.Headers["Sec-Fetch-Site"] = "same-origin";
            context.Request.Headers["X-Candor-Form"] = SessionCookie.FormToken(secret);
        }
    };

    private static Endpoint Route(Action<IEndpointConventionBuilder> policy)
    {
        var made = new Made();
        policy(made);
        var builder = new RouteEndpointBuilder(static _ => Task.CompletedTask, RoutePatternFactory.Parse("/test"), 0);
        made.Conventions.ForEach(apply => apply(builder));
        return builder.Build();
    }

    private static DefaultHttpContext Context(Endpoint route, Action<HttpContext> prepare)
    {
        var context = new DefaultHttpContext { Request = { Method = "GET", Host = new("127.0.0.1", 8081), Path = "/test" } };
        context.SetEndpoint(route);
        prepare(context);
        return context;
    }

    private Task<(int Status, bool WentOn)> PostAsync(Endpoint route, string form, string? site, string? origin) =>
        AskAsync(route, context =>
        {
            Cookie(cookie)(context);
            context.Request.Method = "POST";
            context.Request.Headers["X-Candor-Form"] = form;
            context.Request.Headers["Sec-Fetch-Site"] = site;
            context.Request.Headers.Origin = origin;
        });

    private async Task<(int Status, bool WentOn)> AskAsync(Endpoint route, Action<HttpContext> prepare, FrontDesk? at = null)
    {
        var wentOn = false;
        var context = Context(route, prepare);
        await (at ?? desk).Gate.ServeAsync(context, _ =>
        {
            wentOn = true;
            return Task.CompletedTask;
        });
        return (context.Response.StatusCode, wentOn);
    }

    private sealed class Made : IEndpointConventionBuilder
    {
        public List<Action<EndpointBuilder>> Conventions { get; } = [];

        public void Add(Action<EndpointBuilder> convention) => Conventions.Add(convention);
    }

    private sealed class Lifetime(TaskCompletionSource ended) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public void Abort() => ended.TrySetResult();
    }

    private sealed class CountedStream : MemoryStream
    {
        public int Reads { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Reads++;
            return 0;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reads++;
            return new(0);
        }
    }
}
