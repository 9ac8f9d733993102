using System.Net;
using System.Security.Authentication;
using System.Text;
using Candor.Effects;
using Candor.Journal;
using Candor.Languages;
using Candor.Mirrors;
using Candor.Mirrors.Outside;
using Candor.Pages;
using Candor.State;
using Candor.Tests.Pages;
using Candor.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Mirrors;

/// <summary>The page as readers get it, at its own address and on a mirror, against what was published.</summary>
public sealed class ReadBackTests : IDisposable
{
    private const string Origin = "status.example";
    private const string Elsewhere = "mirror.example";
    private static readonly IncidentId Incident = new("incident0001");
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    private readonly PublisherRig rig = new PublisherRig().Started();
    private readonly SelfLog self;
    private readonly ReadersPlaces places;
    private readonly HttpMessageInvoker http;
    private readonly ReadBack readBack;

    public ReadBackTests()
    {
        self = new(rig.Time);
        places = new(rig.Publisher);
        places.Set(Origin, null);
        places.Set(Elsewhere, null);
        http = new(places);
        readBack = new(
            new(http), () => new Published<World>(rig.Desk.World, rig.Desk.Position, ChainHash.Genesis), self, rig.Time, NullLogger<ReadBack>.Instance);
        readBack.Configure(new([new($"https://{Origin}/"), new($"https://{Elsewhere}/")], TimeSpan.FromSeconds(30), Within));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        http.Dispose();
        places.Dispose();
        rig.Dispose();
    }

    [Fact]
    public async Task R_22_An_update_counts_as_published_once_it_was_read_back_from_the_origin_and_each_mirror()
    {
        await PassAsync(TimeSpan.FromSeconds(1));
        places.Freeze(Elsewhere);
        rig.Happen(MadeUpWorld.Opened(Incident.Value, rig.Now, "Homepage is down", MadeUpWorld.Homepage));
        Assert.Equal(0, readBack.Of(Incident, 1)!.Value.Read);
        await PassAsync(TimeSpan.FromSeconds(4));

        // The origin has it, the mirror does not: its page of the incident is not there at all.
        Assert.Equal(new ReadBackState(1, 2), readBack.Of(Incident, 1));
        Assert.False(readBack.Of(Incident, 1)!.Value.IsPublished);
        places.Set(Elsewhere, null);
        await PassAsync(TimeSpan.FromSeconds(4));

        Assert.True(readBack.Of(Incident, 1)!.Value.IsPublished);
        Assert.Equal(0, readBack.Of(Incident, 2)!.Value.Read);
        rig.Happen(MadeUpWorld.Updated(Incident.Value, 2, rig.Now, IncidentStatus.Identified, "A disk is full."));
        await PassAsync(TimeSpan.FromSeconds(4));

        Assert.True(readBack.Of(Incident, 2)!.Value.IsPublished);
        Assert.Empty(self.Problems);
        Assert.Contains($"https://{Elsewhere}/incidents/{Incident}", places.Asked);
    }

    [Fact]
    public async Task R_22_A_place_that_stands_still_is_said_to_be_old_and_no_longer_once_it_goes_on()
    {
        await PassAsync(TimeSpan.FromSeconds(1));
        places.Freeze(Elsewhere);
        await PassAsync(TimeSpan.FromSeconds(40));
        Assert.Empty(self.Problems);
        await PassAsync(TimeSpan.FromSeconds(120));

        var problem = Assert.Single(self.Problems);
        Assert.Equal("Readers do not get what is published here at 1 address of 2.", problem.Sentence);
        Assert.Contains($"https://{Elsewhere}/: / is old: something newer has stood here for", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Elsewhere, problem.Sentence, StringComparison.Ordinal);
        Assert.True(readBack.Addresses[1].WrongFor > Within);
        Assert.Null(readBack.Addresses[0].Wrong);

        places.Set(Elsewhere, null);
        await PassAsync(TimeSpan.FromSeconds(31));
        Assert.Empty(self.Problems);
    }

    [Fact]
    public async Task A_cache_that_is_a_moment_behind_is_no_fault()
    {
        for (var i = 0; i < 8; i++)
        {
            places.Freeze(Elsewhere);
            rig.Happen(i % 2 == 0 ? MadeUpWorld.Down(MadeUpWorld.Homepage, rig.Now) : [new ComponentStateChanged(rig.Now, MadeUpWorld.Homepage, rig.Now, new(ComponentStatus.Operational), null)]);
            await PassAsync(TimeSpan.FromSeconds(30));
            Assert.Empty(self.Problems);
        }
    }

    [Theory]
    [InlineData("refused", "it cannot be read (Connection refused)")]
    [InlineData("certificate", "its certificate is not accepted (The remote certificate is invalid)")]
    [InlineData("guard", "it cannot be read (10.0.0.1 is private; to probe it, add its network to egress.allow in the settings)")]
    [InlineData("error", "/ is answered with 502")]
    [InlineData("sign-in", "/ is answered with 401")]
    [InlineData("other", "/ is not what was published here within the last 60 min")]
    [InlineData("altered", "/ is not what was published here within the last 60 min")]
    [InlineData("empty", "/ is not what was published here within the last 60 min")]
    [InlineData("loop", "/ is redirected again and again")]
    [InlineData("script", "/ is redirected to what is no web address")]
    [InlineData("huge", "the answer is larger than 4096 KiB")]
    [InlineData("packed", "it cannot be read (")]
    [InlineData("mirror", "it is a mirror that does not hear this publisher")]
    public async Task R_22_What_readers_get_instead_is_said_and_a_single_time_is_not(string what, string said)
    {
        await PassAsync(TimeSpan.FromSeconds(1));
        places.Set(Elsewhere, path => Instead(what, path));
        await PassAsync(TimeSpan.FromSeconds(31));
        Assert.NotNull(readBack.Addresses[1].Wrong);
        Assert.Empty(self.Problems);
        await PassAsync(TimeSpan.FromSeconds(65));

        Assert.Contains(said, Assert.Single(self.Problems).Detail, StringComparison.Ordinal);
        Assert.Equal(Gravity.Private, self.Problems[0].Gravity);
    }

    [Fact]
    public async Task Every_page_is_read_not_only_the_first_one()
    {
        await PassAsync(TimeSpan.FromSeconds(1));
        places.Set(Elsewhere, path => path == "/status.json" ? new(HttpStatusCode.NotFound) : ReadersPlaces.Of(rig.Publisher.Edition, path));
        await PassAsync(TimeSpan.FromSeconds(100));
        Assert.Contains("/status.json is answered with 404", Assert.Single(self.Problems).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_followed_as_readers_follow_it()
    {
        places.Set("www.example", null);
        places.Set(Elsewhere, path => new(HttpStatusCode.MovedPermanently) { Headers = { Location = new($"https://www.example{path}") } });
        await PassAsync(TimeSpan.FromSeconds(100));
        Assert.Empty(self.Problems);
        Assert.True(readBack.Addresses[1].ReadTo >= 0);
    }

    [Fact]
    public async Task Where_no_address_is_named_nothing_is_read_and_nothing_is_wrong()
    {
        await PassAsync(TimeSpan.FromSeconds(1));
        places.Set(Elsewhere, path => Instead("refused", path));
        await PassAsync(TimeSpan.FromSeconds(100));
        Assert.NotEmpty(self.Problems);
        readBack.Configure(ReadBackPlan.Nothing);
        places.Asked.Clear();
        await PassAsync(TimeSpan.FromSeconds(100));

        Assert.Empty(places.Asked);
        Assert.Empty(self.Problems);
        Assert.Null(readBack.Of(Incident, 1));
    }

    [Fact]
    public async Task What_is_read_is_not_read_again_before_its_time()
    {
        await PassAsync(TimeSpan.FromSeconds(121));
        Assert.Equal(2 * 2 * 5, places.Asked.Count);
    }

    private static HttpResponseMessage Instead(string what, string path) => what switch
    {
        "refused" => throw new HttpRequestException("Connection refused"),
        "certificate" => throw new HttpRequestException("TLS", new AuthenticationException("The remote certificate is invalid")),
        "guard" => throw new EgressForbiddenException("10.0.0.1 is private; to probe it, add its network to egress.allow in the settings"),
        "error" => new(HttpStatusCode.BadGateway),
        "sign-in" => new(HttpStatusCode.Unauthorized),
        "other" => Html("<h1>This domain is for sale</h1>"),
        "altered" => Html("<script src=//evil.example></script>"),
        "empty" => Html(""),
        "loop" => new(HttpStatusCode.Found) { Headers = { Location = new(path, UriKind.Relative) } },
        "script" => new(HttpStatusCode.Found) { Headers = { Location = new("javascript:alert(1)") } },
        "huge" => Html(new('a', (4 << 20) + 1)),
        "packed" => Packed(),
        "mirror" => Html(Encoding.UTF8.GetString(MirrorWords.SaidOn(Encoding.UTF8.GetBytes("<header></header>"), MirrorWords.Of(MadeUpWorld.Start, [], Language.German)))),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "Nobody answers so."),
    };

    private static HttpResponseMessage Html(string text) => new() { Content = new StringContent(text, Encoding.UTF8, "text/html") };

    private static HttpResponseMessage Packed()
    {
        var answer = Html("this is not compressed");
        answer.Content.Headers.ContentEncoding.Add("gzip");
        return answer;
    }

    private async Task PassAsync(TimeSpan by)
    {
        for (var passed = TimeSpan.Zero; passed < by; passed += TimeSpan.FromSeconds(1))
        {
            rig.Pass(TimeSpan.FromSeconds(1));
            readBack.Note(rig.Publisher.Edition);
            await readBack.LookAsync(rig.Publisher, Ct);
        }
    }
}
