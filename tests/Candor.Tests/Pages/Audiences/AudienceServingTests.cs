using System.Text;
using Candor.Pages;
using Candor.Pages.Audiences;
using Candor.Pages.Live;
using Candor.Pages.Serving;
using Candor.State;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Tests.Pages.Audiences;

/// <summary>What goes over the wire to whom. Who asks is in a header here; the desk of readers has tests of its own.</summary>
public sealed class AudienceServingTests : IDisposable
{
    private readonly PublisherRig rig = RigFor(null);
    private readonly PublisherRig staff = RigFor("staff");
    private readonly PublisherRig customers = RigFor("customers");
    private readonly PageServer server;

    public AudienceServingTests()
    {
        var publications = new Publications(new(null, rig.Publisher, Streams()))
        {
            Readers = new(static context => context.Request.Headers["X-Who"] is [{ } who] ? who : null, static (_, work) => work()),
        };
        publications.ByAudience = publications.ByAudience.Add("staff", new("staff", staff.Publisher, Streams())).Add("customers", new("customers", customers.Publisher, Streams()));
        server = new(publications, rig.Time);
    }

    public void Dispose()
    {
        rig.Dispose();
        staff.Dispose();
        customers.Dispose();
    }

    [Fact]
    public async Task SEC_15_Every_address_of_one_audience_leads_nowhere_for_another_exactly_like_one_that_does_not_exist()
    {
        foreach (var (mine, other) in new[] { (staff, "customers"), (customers, "staff"), (staff, null), (customers, null) })
        {
            var theirs = other switch { "staff" => staff, "customers" => customers, _ => rig };
            var own = PathsOf(mine).Except(PathsOf(theirs)).ToList();
            Assert.InRange(own.Count, 4, 100);
            var missing = await AskAsync("/incidents/nosuchthing0", other);
            foreach (var path in own)
            {
                Assert.Equal(Told(missing), Told(await AskAsync(path, other)));
            }
        }
    }

    [Fact]
    public async Task Private_bytes_are_kept_by_nobody_and_given_to_no_other_sites_script()
    {
        foreach (var path in PathsOf(staff))
        {
            var said = (await AskAsync(path, "staff")).Response;
            Assert.Equal(said.StatusCode == 200 ? "private, no-store" : "no-store", said.Headers.CacheControl);
            Assert.Empty(said.Headers.AccessControlAllowOrigin.ToString());
            Assert.Equal("Accept-Encoding, Cookie", said.Headers.Vary);
            Assert.Equal("Accept-Encoding, Cookie", (await AskAsync(path, null)).Response.Headers.Vary);
        }

        var asked = await AskAsync("/status.json", "staff", "OPTIONS");
        Assert.Empty(asked.Response.Headers.AccessControlAllowMethods.ToString());
        Assert.Equal("*", (await AskAsync("/status.json", null)).Response.Headers.AccessControlAllowOrigin);
    }

    [Fact]
    public async Task The_tag_of_a_private_page_says_nothing_to_others()
    {
        var tag = (await AskAsync("/", "staff")).Response.Headers.ETag.ToString();

        Assert.Equal(304, (await AskAsync("/", "staff", match: tag)).Response.StatusCode);
        Assert.Equal(200, (await AskAsync("/", null, match: tag)).Response.StatusCode);
        Assert.Equal(200, (await AskAsync("/", "customers", match: tag)).Response.StatusCode);
    }

    [Fact]
    public async Task An_audience_that_nobody_publishes_for_gets_what_everybody_gets() =>
        Assert.Equal(Told(await AskAsync("/", null)), Told(await AskAsync("/", "strangers")));

    [Fact]
    public void SEC_06_What_is_restricted_goes_in_one_step_from_pages_disk_and_streams()
    {
        using var gated = new PublisherRig(make: one => new(new AudienceBriefs(one.Desk, null), new SavedEdition(one.Disk, "pages"), one.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<Publisher>.Instance)
        {
            Announce = one.News.Add,
        });
        gated.Started();
        Assert.Contains("Mail", gated.Read("/"), StringComparison.Ordinal);
        Assert.Contains("Mail", Encoding.UTF8.GetString(gated.Disk.Files["pages"]), StringComparison.Ordinal);
        gated.News.Clear();

        gated.Happen(new ComponentChanged(gated.Now, gated.Desk.World.Components[MadeUpWorld.Mail].Definition with { OnlyFor = ["staff"] }));
        gated.Pass(TimeSpan.FromMilliseconds(200));

        var first = gated.News.First(static news => news.IsRegated);
        Assert.DoesNotContain(first.Edition.Front, static page => Encoding.UTF8.GetString(page.Value.Identity.Bytes.Span).Contains("Mail", StringComparison.Ordinal));
        Assert.DoesNotContain(first.Edition.Archive, static page => Encoding.UTF8.GetString(page.Value.Identity.Bytes.Span).Contains("Mail", StringComparison.Ordinal));
        Assert.Empty(first.Edition.LastKnown);
        Assert.NotNull(first.Edition.Find("/history", gated.Now));
        Assert.DoesNotContain("Mail", Encoding.UTF8.GetString(gated.Disk.Files["pages"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SEC_06_Streams_of_before_end_when_something_else_is_kept_from_their_readers()
    {
        using var stopping = new CancellationTokenSource();
        var streams = Streams();
        var running = streams.RunAsync(stopping.Token);
        var listening = streams.ServeAsync(Listener(stopping.Token));
        Assert.False(listening.IsCompleted);

        streams.Announce(new(Edition.None, [], rig.Now));
        streams.Announce(new(Edition.None, ["/"], rig.Now) { IsRegated = true });

        await listening.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var next = streams.ServeAsync(Listener(stopping.Token));
        Assert.False(next.IsCompleted);
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await next.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private static DefaultHttpContext Listener(CancellationToken aborted)
    {
        var context = new DefaultHttpContext { RequestAborted = aborted };
        context.Request.Method = "GET";
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static LiveStreams Streams() => new(new Candor.Testing.ManualTimeProvider(PrivateWorld.Start), LiveLimits.Default);

    private static PublisherRig RigFor(string? audience) => new PublisherRig(
        PrivateWorld.Made(),
        rig => new(new AudienceBriefs(rig.Desk, audience), new SavedEdition(rig.Disk, "pages"), rig.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<Publisher>.Instance)).Started();

    private static IEnumerable<string> PathsOf(PublisherRig rig) => rig.Publisher.Edition.Front.Keys.Concat(rig.Publisher.Edition.Archive.Keys);

    private async Task<HttpContext> AskAsync(string target, string? who, string method = "GET", string? match = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        context.Response.Body = new MemoryStream();
        if (who is not null)
        {
            context.Request.Headers["X-Who"] = who;
        }

        if (match is not null)
        {
            context.Request.Headers.IfNoneMatch = match;
        }

        await server.ServeAsync(context, static _ => Task.CompletedTask);
        await context.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken);
        return context;
    }

    private static string Told(HttpContext context) => string.Join('\n', [
        $"{context.Response.StatusCode}",
        .. context.Response.Headers.Select(static header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal),
        Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()),
    ]);
}
