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
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Candor.Tests.Contracts;

/// <summary>What a mail provider tells, over a real socket: who is stopped, and who is let say it.</summary>
public sealed class MailReportTests : IAsyncLifetime
{
    private const string Secret = "a secret of the provider";
    private readonly HttpClient http = new();
    private readonly ListLogger noted = new();
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
        new ReportEndpoints(
            rig.Desk, rig.Time, static context => context.Request.Headers["X-From"] is [{ } from] ? IPAddress.Parse(from) : null, noted).Map(app);
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

        Assert.Equal((HttpStatusCode.OK, """{"taken":4,"unproven":0}"""), await SignedAsync(Body));

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
        Assert.Equal((HttpStatusCode.OK, """{"taken":1,"unproven":0}"""), await MailAsync(mail));
        Assert.Equal(StopReason.Complaint, rig.The("eve@example.com").Stopped);
    }

    [Fact]
    public async Task A_mail_that_encloses_none_of_ours_stops_nobody_and_is_noted()
    {
        Assert.Equal((HttpStatusCode.OK, """{"taken":1,"unproven":1}"""), await MailAsync(Bounce("ada@example.com", link: null)));
        Assert.Equal((HttpStatusCode.OK, """{"taken":1,"unproven":1}"""), await MailAsync(Bounce("ada@example.com", "ada000000001.0f0f")));
        Assert.Equal((HttpStatusCode.OK, """{"taken":1,"unproven":0}"""), await MailAsync(Bounce("nobody@example.com", link: null)));

        // Somebody who is told knows a link of their own, and takes out with it nobody but themselves.
        Assert.Equal((HttpStatusCode.OK, """{"taken":1,"unproven":1}"""), await MailAsync(Bounce("ada@example.com", rig.LinkOf("eve@example.com", LinkUse.Leave))));
        Assert.Equal((HttpStatusCode.OK, """{"taken":1,"unproven":0}"""), await MailAsync(ComplaintOf("ada@example.com", rig.LinkOf("eve@example.com", LinkUse.Leave))));

        Assert.True(rig.The("ada@example.com").IsTold);
        Assert.Equal(StopReason.Complaint, rig.The("eve@example.com").Stopped);
        Assert.Equal(3, noted.Lines.Count(line => line.Contains(rig.The("ada@example.com").Id.Value, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_mail_that_came_back_with_ours_in_it_stops_its_address_and_none_behind_a_shared_one()
    {
        await MailAsync(Bounce("a-member@example.com", rig.LinkOf("bob@example.com", LinkUse.Leave)));
        Assert.True(rig.The("bob@example.com").IsTold);

        Assert.Equal((HttpStatusCode.OK, """{"taken":1,"unproven":0}"""), await MailAsync(Bounce("ADA@example.com", rig.LinkOf("ada@example.com", LinkUse.Leave))));
        Assert.Equal(StopReason.Bounced, rig.The("ada@example.com").Stopped);
    }

    [Fact]
    public async Task What_could_not_be_stored_is_not_acknowledged_and_can_be_sent_again_as_it_was()
    {
        const string Body = """{"reports":[{"type":"hard_bounce","address":"ada@example.com"}]}""";

        rig.Full = new("disk_full", "The disk is full.");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SignedAsync(Body)).Status);
        Assert.True(rig.The("ada@example.com").IsTold);

        rig.Full = null;
        Assert.Equal(HttpStatusCode.OK, (await SignedAsync(Body)).Status);
        Assert.Equal(StopReason.Bounced, rig.The("ada@example.com").Stopped);
    }

    [Fact]
    public async Task Whoever_hangs_up_before_the_answer_has_told_it_and_may_tell_it_again()
    {
        const string Body = """{"reports":[{"type":"hard_bounce","address":"ada@example.com"}]}""";
        using var hangUp = new CancellationTokenSource();
        var context = new DefaultHttpContext { RequestAborted = hangUp.Token };
        using var signed = Signed(Body);
        foreach (var (name, values) in signed.Headers)
        {
            context.Request.Headers[name] = values.ToArray();
        }

        context.Request.ContentType = "application/json";
        context.Request.Body = new HangsUpAtTheEnd(Encoding.UTF8.GetBytes(Body), hangUp);
        var report = ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints).Single();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => report.RequestDelegate!(context));

        Assert.Equal(StopReason.Bounced, rig.The("ada@example.com").Stopped);
        Assert.Equal(HttpStatusCode.OK, (await SignedAsync(Body)).Status);
    }

    [Fact]
    public async Task Strangers_slow_themselves_and_not_the_provider()
    {
        const string Body = """{"reports":[{"type":"soft_bounce","address":"ada@example.com"}]}""";
        for (var i = 0; i < 130; i++)
        {
            await SignedAsync(Body, secret: "guessed", from: "198.51.100.66");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignedAsync(Body, secret: "guessed", from: "198.51.100.66")).Status);
        Assert.Equal(HttpStatusCode.OK, (await MailAsync(Bounce("ada@example.com", link: null), from: "198.51.100.66")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SignedAsync(Body, from: "192.0.2.25")).Status);
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

    private static string Bounce(string address, string? link) => $"""
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.com

        Final-Recipient: rfc822; {address}
        Action: failed
        Status: 5.1.1

        --b
        {Enclosed(link)}
        """;

    private static string ComplaintOf(string address, string link) => $"""
        Content-Type: multipart/report; report-type=feedback-report; boundary=b

        --b
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        Original-Rcpt-To: {address}

        --b
        {Enclosed(link)}
        """;

    private static string Enclosed(string? link) => $"""
        Content-Type: text/rfc822-headers

        Subject: [Heron Copier] Homepage down
        {(link is null ? "X-None: " : "List-Unsubscribe: ")}<https://status.example.com/unsubscribe/{link ?? "nobody"}>

        --b--
        """;

    private async Task<(HttpStatusCode Status, string Body)> MailAsync(string mail, string from = "192.0.2.25")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ReportEndpoints.Path) { Content = new StringContent(mail, Encoding.UTF8, "message/rfc822") };
        request.Headers.Authorization = new("Bearer", Secret);
        request.Headers.Add("X-From", from);
        using var answer = await http.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private async Task<(HttpStatusCode Status, string Body)> SignedAsync(
        string body, string secret = Secret, TimeSpan off = default, string? sent = null, string from = "192.0.2.25")
    {
        using var request = Signed(body, secret, off, sent);
        request.Headers.Add("X-From", from);
        using var answer = await http.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private HttpRequestMessage Signed(string body, string secret = Secret, TimeSpan off = default, string? sent = null)
    {
        var stamp = (rig.Time.GetUtcNow() + off).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, ReportEndpoints.Path) { Content = new StringContent(sent ?? body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Candor-Timestamp", stamp);
        request.Headers.Add("X-Candor-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{stamp}.{body}"))));
        return request;
    }

    /// <summary>A whole body, after which nobody is there any more.</summary>
    private sealed class HangsUpAtTheEnd(byte[] body, CancellationTokenSource hangUp) : MemoryStream(body)
    {
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            await base.CopyToAsync(destination, bufferSize, cancellationToken);
            await hangUp.CancelAsync();
        }
    }
}
