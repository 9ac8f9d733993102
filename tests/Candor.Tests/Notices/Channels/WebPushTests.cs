using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Candor.Notices.Channels;
using Candor.Notices.Channels.Http;
using Candor.Notices.Channels.WebPush;
using Candor.State;
using Candor.Tests.Contracts;

namespace Candor.Tests.Notices.Channels;

/// <summary>Web push by the letter of its RFCs; that it arrives is asked of the real executable.</summary>
public sealed class WebPushTests : IDisposable
{
    private const string Endpoint = "https://push.example.net/p/abc";

    private readonly PushBrowser browser = new();

    public void Dispose() => browser.Dispose();

    [Theory]
    [InlineData("fcm.googleapis.com", 401, "Channel", false)]
    [InlineData("web.push.apple.com", 403, "Channel", false)]
    [InlineData("push.stranger.example", 403, "Recipient", false)]
    [InlineData("fcm.googleapis.com", 410, "Recipient", true)]
    [InlineData("fcm.googleapis.com", 413, "Recipient", false)]
    public void What_a_browser_s_service_says_of_our_key_is_the_channel_s_and_a_stranger_s_server_says_nothing(string host, int status, string blame, bool removes)
    {
        var handover = WebPushChannel.Read(new(status, "", null, ""), WebPushKind.IsService(host));

        Assert.Equal((HandoverEnd.Refused, blame, removes), (handover.End, handover.Blame.ToString(), handover.Removes));
        Assert.Equal(blame == "Channel", handover.MayBeOwn);
    }

    /// <summary>RFC 8291, appendix A: the same keys and the same salt give the same bytes.</summary>
    [Fact]
    public void The_example_of_the_rfc_comes_out_byte_for_byte()
    {
        var to = new WebPushAddress(
            Endpoint, "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "BTBZMqHH6r4Tts7J_aSIgg");
        var point = Base64Url.DecodeFromChars("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var own = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = Base64Url.DecodeFromChars("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
            Q = new() { X = point[1..33], Y = point[33..] },
        });

        var body = WebPushCipher.Encrypt(
            "When I grow up, I want to be a watermelon"u8, to, own, Base64Url.DecodeFromChars("DGv6ra1nlYgDCS1FRnbzlw"));

        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(body));
    }

    [Fact]
    public void Only_the_browser_it_was_encrypted_for_reads_it()
    {
        var to = WebPushAddress.Read(browser.Json(Endpoint), out _)!;
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var body = WebPushCipher.Encrypt("told"u8, to, own, RandomNumberGenerator.GetBytes(WebPushCipher.SaltBytes));

        Assert.Equal("told", browser.Read(body));
        using var other = new PushBrowser();
        Assert.ThrowsAny<CryptographicException>(() => other.Read(body));
        body[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => browser.Read(body));
    }

    [Fact]
    public void The_token_says_for_whom_until_when_and_who_is_responsible_and_is_signed_by_the_key_that_pages_give_out()
    {
        var now = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
        var kept = WebPushSender.NewKey();
        using var sender = WebPushSender.Read(kept, "https://status.example.com/\"x");

        var (audience, expires, contact, key) = PushBrowser.Sender(sender.Authorization("https://push.example.net", now));

        Assert.Equal(("https://push.example.net", now.AddHours(12), "https://status.example.com/\"x"), (audience, expires, contact));
        Assert.Equal(WebPushSender.PublicKeyOf(kept), key);
        Assert.Equal(65, Base64Url.DecodeFromChars(key).Length);
        Assert.Throws<ArgumentException>(() => WebPushSender.Read("no key", null));
    }

    [Fact]
    public void An_address_reads_as_the_browser_wrote_it_and_as_it_is_kept()
    {
        var kind = new WebPushKind();
        var (address, refusal) = kind.ReadAddress(browser.Json(Endpoint));

        Assert.Null(refusal);
        Assert.Equal(address, kind.ReadAddress(address!).Address);
        Assert.Equal("push.example.net", kind.DestinationOf(address!));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{\"endpoint\":\"https://push.example.net/\"}")]
    [InlineData("{\"endpoint\":\"https://push.example.net/\",\"keys\":{\"p256dh\":\"AAAA\",\"auth\":\"AAAA\"}}")]
    [InlineData("{\"endpoint\":{\"a\":{\"b\":{\"c\":{\"d\":{}}}}}}")]
    [InlineData("https://push.example.net/#BAAA.BTBZMqHH6r4Tts7J_aSIgg")]
    public void What_no_browser_gave_is_refused_with_what_to_send_instead(string text)
    {
        var (address, refusal) = new WebPushKind().ReadAddress(text);

        Assert.Null(address);
        Assert.Equal(("address", true), (refusal?.Field, refusal?.Sentence.Contains("toJSON()", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_point_beside_the_curve_and_an_endpoint_that_is_no_web_address_are_refused()
    {
        var beside = Base64Url.EncodeToString([4, .. Enumerable.Repeat((byte)7, 64)]);

        Assert.Null(WebPushAddress.Read($"{Endpoint}#{beside}.BTBZMqHH6r4Tts7J_aSIgg", out _));
        Assert.Null(WebPushAddress.Read(browser.Json("file:///etc/passwd"), out var fault));
        Assert.Contains("http", fault, StringComparison.Ordinal);
        Assert.Null(WebPushAddress.Read(browser.Json("https://push.example.net/" + new string('x', 5_000)), out _));
    }

    [Theory]
    [InlineData("fcm.googleapis.com", true)]
    [InlineData("wns2-par02p.notify.windows.com", true)]
    [InlineData("updates.push.services.mozilla.com", true)]
    [InlineData("fcm.googleapis.com.example.net", false)]
    [InlineData("evilnotify.windows.com", false)]
    [InlineData("push.example.net", false)]
    public void Only_services_of_browsers_are_asked_by_as_many_as_like(string host, bool isForMany) =>
        Assert.Equal(isForMany, new WebPushKind().IsForMany(host));

    [Theory]
    [InlineData("a")]
    [InlineData("五")]
    [InlineData("\u0001")]
    [InlineData("😀")]
    public void However_long_a_text_is_it_fits_into_the_one_record_that_push_services_take(string text)
    {
        var message = Message(string.Concat(Enumerable.Repeat(text, 20_000)));
        var plain = WebPushBody.Of(message);

        Assert.InRange(plain.Length, 1, WebPushCipher.PlainMost);
        Assert.Equal("https://status.example.com/incidents/i1", JsonElement.Parse(plain).GetProperty("url").GetString());
    }

    private static Message Message(string text) => new()
    {
        Key = new('k', 32),
        Thread = new('t', 32),
        Address = "",
        Words = new()
        {
            Subject = text,
            Text = text,
            Facts = new()
            {
                PageId = "p", PageName = "Heron", Id = "i1", Title = text, Status = "investigating", Url = "https://status.example.com/incidents/i1", Impact = Impact.Major,
            },
        },
    };
}
