using System.Text.Json;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Webhook;
using Candor.State;

namespace Candor.Tests.Contracts;

/// <summary>The webhook channel against receivers of every kind, on real sockets behind the real guard.</summary>
public sealed class WebhookChannelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("204 No Content", "Delivered", "None", "")]
    [InlineData("302 Found\r\nLocation: http://169.254.169.254/", "Refused", "Recipient", "redirect")]
    [InlineData("404 Not Found", "Refused", "Recipient", "refused")]
    [InlineData("410 Gone", "Refused", "Recipient", "gone")]
    [InlineData("500 Sorry", "TryAgain", "Destination", "failing")]
    [InlineData("502 Bad Gateway", "TryAgain", "Destination", "failing")]
    [InlineData("504 Gateway Timeout", "TryAgain", "Destination", "failing")]
    [InlineData("503 Busy\r\nRetry-After: 7", "TryAgain", "Destination", "busy")]
    [InlineData("429 Slower\r\nRetry-After: 7", "TryAgain", "None", "throttled")]
    public async Task Each_answer_means_one_thing(string status, string end, string blame, string reason)
    {
        await using var receiver = LocalListener.Answering($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close");

        var handover = await SendAsync(receiver.Http + "/hook", Looking.Local);

        Assert.Equal((end, blame, reason), (handover.End.ToString(), handover.Blame.ToString(), handover.Reason));
        Assert.Equal(status.StartsWith("410", StringComparison.Ordinal), handover.Removes);
        Assert.Equal(status.Contains("Retry-After", StringComparison.Ordinal) ? TimeSpan.FromSeconds(7) : null, handover.RetryAfter);
        Assert.Equal(status.StartsWith("429", StringComparison.Ordinal) || status.StartsWith("503", StringComparison.Ordinal), handover.Stress);
        Assert.Equal(status.StartsWith("502", StringComparison.Ordinal) || status.StartsWith("504", StringComparison.Ordinal), handover.Ambiguous);
        Assert.Equal(1, receiver.Connections);
    }

    [Theory]
    [InlineData("hangs up", "cut")]
    [InlineData("says nothing", "timeout")]
    [InlineData("babbles", "cut")]
    public async Task Whoever_took_the_request_and_did_not_answer_may_have_it(string how, string reason)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using var receiver = new LocalListener(async (stream, cancellation) =>
        {
            await LocalListener.HeadAsync(stream, cancellation);
            await stream.ReadExactlyAsync(new byte[1], cancellation);
            switch (how)
            {
                case "says nothing":
                    await patience.CancelAsync();
                    await Task.Delay(Timeout.Infinite, cancellation);
                    break;
                case "babbles":
                    await stream.WriteAsync("SSH-2.0-none\r\n\r\n"u8.ToArray(), cancellation);
                    break;
            }
        });

        var handover = await SendAsync(receiver.Http + "/hook", Looking.Local, patience.Token);

        Assert.Equal(("TryAgain", "Destination", reason), (handover.End.ToString(), handover.Blame.ToString(), handover.Reason));
        Assert.Equal((true, false), (handover.Ambiguous, handover.Stress));
    }

    [Fact]
    public async Task Whom_no_request_was_written_to_cannot_have_it()
    {
        // The handshake never comes to an end, so nothing of the request has left.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using var receiver = new LocalListener(async (stream, cancellation) =>
        {
            await stream.ReadExactlyAsync(new byte[1], cancellation);
            await patience.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
        });

        var handover = await SendAsync($"https://127.0.0.1:{receiver.Port}/hook", Looking.Local, patience.Token);

        Assert.Equal(("TryAgain", "timeout", false), (handover.End.ToString(), handover.Reason, handover.Ambiguous));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    public async Task P_10_The_guard_lets_nothing_of_it_go_to_places_of_ours(string address)
    {
        var handover = await SendAsync(address, EgressRules.PublicOnly);

        Assert.Equal((HandoverEnd.Refused, "forbidden"), (handover.End, handover.Reason));
    }

    [Fact]
    public async Task Nobody_listening_is_the_destination_s_fault_and_tried_again()
    {
        int port;
        await using (var gone = LocalListener.Answering("HTTP/1.1 200 OK"))
        {
            port = gone.Port;
        }

        var handover = await SendAsync($"http://127.0.0.1:{port}/", Looking.Local);

        Assert.Equal(("TryAgain", "Destination", "unreachable"), (handover.End.ToString(), handover.Blame.ToString(), handover.Reason));
        Assert.False(handover.Ambiguous);
    }

    [Fact]
    public void An_update_has_the_id_that_the_page_gives_it()
    {
        using var body = JsonDocument.Parse(WebhookBody.Of(new()
        {
            Key = "k", Thread = "t", Address = "a",
            Words = new()
            {
                Subject = "s", Text = "t",
                Facts = new()
                {
                    PageId = "p", PageName = "Heron", Id = "outage000000", Title = "Homepage is down", Status = "identified",
                    Updates = [new(2, "identified", DateTimeOffset.UnixEpoch, "A disk is full.")],
                },
            },
        }));

        var update = body.RootElement.GetProperty("incident").GetProperty("incident_updates")[0];
        Assert.Equal(UpdateIds.Of(new("outage000000"), 2), update.GetProperty("id").GetString());
    }

    [Fact]
    public void While_a_key_is_replaced_there_are_two_signatures()
    {
        var one = WebhookSignature.Of(["new"], DateTimeOffset.UnixEpoch, "body"u8);
        var both = WebhookSignature.Of(["new", "old"], DateTimeOffset.UnixEpoch, "body"u8);

        Assert.StartsWith(one + ",v1=", both, StringComparison.Ordinal);
        Assert.NotEqual(one, WebhookSignature.Of(["new"], DateTimeOffset.UnixEpoch.AddSeconds(1), "body"u8));
    }

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://example.com/\r\nX: y")]
    [InlineData("hook")]
    [InlineData("")]
    public void What_is_no_web_address_is_refused_with_a_remedy(string text) => Assert.NotNull(new WebhookKind().ReadAddress(text).Refusal);

    private static async Task<Handover> SendAsync(string address, EgressRules rules, CancellationToken? patience = null)
    {
        var probing = Looking.Tools(rules);
        await using var channel = new WebhookKind().Open(ChannelSettings.None, new(probing.Network, TimeProvider.System, new SystemRandomness()));
        return await channel.SendAsync(
            new()
            {
                Key = "0123456789abcdef0123456789abcdef",
                Thread = "fedcba9876543210fedcba9876543210",
                Address = address,
                Words = new()
                {
                    Subject = "Investigating: Homepage",
                    Text = "Text",
                    Facts = new() { PageId = "p", PageName = "Heron", Id = "i", Title = "Homepage", Status = "investigating" },
                },
                SigningKeys = ["key"],
            },
            patience ?? Ct);
    }
}
