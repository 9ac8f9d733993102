using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Subscribers;
using Candor.State;
using Candor.Subscribing.Reports;
using Candor.Tests.Notices.Subscribers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Candor.Tests.Contracts;

/// <summary>What a mail provider tells, over a real socket: who is stopped, and who is let say it.</summary>
public sealed class MailReportTests : IAsyncLifetime
{
    private const string Secret = "a secret of the provider";
    private readonly HttpClient http = new();
    private SubscriberRig rig = null!;
    private WebApplication app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        rig = await SubscriberRig.StartAsync();
        rig.Office.Configure(ImmutableDictionary<string, ChannelSettings>.Empty.Add(
            "email", new(ImmutableSortedDictionary<string, string>.Empty.Add(PostOffice.Reports, Secret))));
        foreach (var address in (string[])["ada@example.com", "bob@example.com", "eve@example.com"])
        {
            await rig.Desk.EnterAsync(new SubscriberBody { Channel = "email", Address = address }, new("person:ada"), Ct);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();

        // As on the readers' listener: what is nobody's address is answered by the pages.
        app.Use(static next => async context =>
        {
            await next(context);
            if (!context.Response.HasStarted && context.GetEndpoint() is null)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        });
        app.UseRouting();
        new ReportEndpoints(rig.Desk, rig.Time).Map(app);
        await app.StartAsync(Ct);
        http.BaseAddress = new(app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        await rig.DisposeAsync();
    }

    [Fact]
    public async Task A_hard_bounce_and_a_complaint_stop_their_addresses_and_a_soft_bounce_stops_nobody()
    {
        const string Body = """
            {"reports":[{"type":"hard_bounce","address":"ADA@example.com","said":"550 5.1.1"},{"type":"complaint","address":"bob@example.com"},
             {"type":"soft_bounce","address":"eve@example.com"},{"type":"hard_bounce","address":"nobody@example.com"}]}
            """;

        Assert.Equal((HttpStatusCode.OK, """{"taken":4}"""), await SignedAsync(Body));

        Assert.Equal([StopReason.Bounced, StopReason.Complaint, null], ((string[])["ada@example.com", "bob@example.com", "eve@example.com"]).Select(address => rig.The(address).Stopped));
        Assert.Equal(["bounced", "complaint", "active"], ((string[])["ada@example.com", "bob@example.com", "eve@example.com"]).Select(address => SubscriberView.StateOf(rig.The(address))));
    }

    [Fact]
    public async Task A_mail_whose_address_was_taken_out_is_known_by_its_link()
    {
        var mail = $"""
            Content-Type: multipart/report; report-type=feedback-report; boundary=b

            --b
            Content-Type: message/feedback-report

            Feedback-Type: abuse

            --b
            Content-Type: message/rfc822

            To: redacted
            List-Unsubscribe: <https://status.example.com/unsubscribe/{rig.LinkOf("eve@example.com", LinkUse.Leave)}>

            --b--
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, ReportEndpoints.Path) { Content = new StringContent(mail, Encoding.UTF8, "message/rfc822") };
        request.Headers.Authorization = new("Bearer", Secret);
        using var answer = await http.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(StopReason.Complaint, rig.The("eve@example.com").Stopped);
    }

    [Fact]
    public async Task SEC_23_Wrong_old_repeated_and_unsigned_reports_stop_nobody()
    {
        const string Body = """{"reports":[{"type":"hard_bounce","address":"ada@example.com"}]}""";

        Assert.Equal(HttpStatusCode.Unauthorized, (await SignedAsync(Body, secret: "another")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignedAsync(Body, off: TimeSpan.FromMinutes(-6))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignedAsync(Body, sent: Body.Replace("ada", "bob", StringComparison.Ordinal))).Status);
        using var unsigned = await http.PostAsync(ReportEndpoints.Path, new StringContent(Body, Encoding.UTF8, "application/json"), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        Assert.Null(rig.The("ada@example.com").Stopped);

        Assert.Equal(HttpStatusCode.OK, (await SignedAsync(Body)).Status);
        await rig.Desk.EnterAsync(new SubscriberBody { Channel = "email", Address = "ada@example.com" }, new("person:ada"), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignedAsync(Body)).Status);
        Assert.True(rig.The("ada@example.com").IsTold);
        Assert.Equal(HttpStatusCode.BadRequest, (await SignedAsync("""{"reports":"x"}""")).Status);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_such_address()
    {
        rig.Office.Configure(ImmutableDictionary<string, ChannelSettings>.Empty.Add("email", ChannelSettings.None));

        Assert.Equal(HttpStatusCode.NotFound, (await SignedAsync("""{"reports":[{"type":"complaint","address":"ada@example.com"}]}""", secret: "")).Status);
        Assert.Null(rig.The("ada@example.com").Stopped);
    }

    private async Task<(HttpStatusCode Status, string Body)> SignedAsync(string body, string secret = Secret, TimeSpan off = default, string? sent = null)
    {
        var stamp = (rig.Time.GetUtcNow() + off).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, ReportEndpoints.Path) { Content = new StringContent(sent ?? body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Candor-Timestamp", stamp);
        request.Headers.Add("X-Candor-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{stamp}.{body}"))));
        using var answer = await http.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
