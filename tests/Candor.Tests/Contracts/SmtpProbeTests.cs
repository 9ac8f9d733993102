using System.Text;
using Candor.Judging;

namespace Candor.Tests.Contracts;

public class SmtpProbeTests
{
    [Theory]
    [InlineData("220 mx ESMTP", "250-mx\r\n250 HELP", "starttls: offered", "Good", "")]
    [InlineData("220-mx\r\n220 ESMTP", "250 mx", "starttls: off", "Good", "")]
    [InlineData("554 go away", "", "", "Bad", "greeted with 554")]
    [InlineData("220 mx", "502 what?", "", "Bad", "answered EHLO with 502")]
    [InlineData("220 mx", "250 mx", "starttls: required", "Bad", "does not offer STARTTLS")]
    [InlineData("SSH-2.0-OpenSSH", "", "", "Bad", "answered something that cannot be read")]
    public async Task A_conversation_is_judged(string greeting, string hello, string yaml, string reading, string reason)
    {
        await using var server = Server(greeting, hello, null);
        var seen = await Looking.LookAsync($"smtp: 127.0.0.1:{server.Port}\n{yaml}");
        Assert.Equal((reading, reason), (seen.Reading.ToString(), seen.Reason));
    }

    [Fact]
    public async Task Starttls_is_used_and_its_certificate_measured()
    {
        using var certificate = TestCertificates.SelfSigned("known.test", toDays: 60.5);
        await using var server = Server("220 mx", "250-mx\r\n250 STARTTLS", certificate);
        var seen = await Looking.LookAsync($"smtp: known.test:{server.Port}");
        Assert.Equal((Reading.Good, ""), (seen.Reading, seen.Reason));
        Assert.Equal(60, seen.Measurements.Single().Value);
        Assert.Equal(["dns", "connect", "greeting", "tls"], seen.Phases.Select(p => p.Name));
    }

    [Fact]
    public async Task Where_starttls_is_required_the_certificate_must_be_right()
    {
        using var certificate = TestCertificates.SelfSigned("known.test");
        await using var server = Server("220 mx", "250-mx\r\n250 STARTTLS", certificate);
        var seen = await Looking.LookAsync($"smtp: known.test:{server.Port}\nstarttls: required");
        Assert.Equal((Reading.Bad, "certificate is self-signed"), (seen.Reading, seen.Reason));
    }

    /// <summary>Whoever sits in between may put words into the encrypted conversation by sending them before it begins.</summary>
    [Fact]
    public async Task SEC_39_Bytes_before_tls_are_refused()
    {
        await using var server = new LocalListener(async (stream, cancellation) =>
        {
            await Say(stream, "220 mx\r\n", cancellation);
            await LineAsync(stream, cancellation);
            await Say(stream, "250-mx\r\n250 STARTTLS\r\n", cancellation);
            await LineAsync(stream, cancellation);
            await Say(stream, "220 go ahead\r\n250 injected\r\n", cancellation);
            await LineAsync(stream, cancellation);
        });
        var seen = await Looking.LookAsync($"smtp: 127.0.0.1:{server.Port}");
        Assert.Equal((Reading.Bad, "sent bytes between STARTTLS and the handshake"), (seen.Reading, seen.Reason));
    }

    [Fact]
    public async Task An_endless_greeting_ends()
    {
        await using var server = new LocalListener(async (stream, cancellation) =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                await Say(stream, "220-and another thing\r\n", cancellation);
            }
        });
        Assert.Equal(Reading.Bad, (await Looking.LookAsync($"smtp: 127.0.0.1:{server.Port}")).Reading);
    }

    private static LocalListener Server(
        string greeting, string hello, System.Security.Cryptography.X509Certificates.X509Certificate2? certificate) => new(async (stream, cancellation) =>
    {
        await Say(stream, greeting + "\r\n", cancellation);
        if (!(await LineAsync(stream, cancellation)).StartsWith("EHLO ", StringComparison.Ordinal))
        {
            return;
        }

        await Say(stream, hello + "\r\n", cancellation);
        if (await LineAsync(stream, cancellation) != "STARTTLS")
        {
            return;
        }

        await Say(stream, "220 go ahead\r\n", cancellation);
        await LocalListener.Tls(certificate!, async (secure, stop) =>
        {
            await LineAsync(secure, stop);
            await Say(secure, "250 mx\r\n", stop);
            await LineAsync(secure, stop);
        })(stream, cancellation);
    });

    private static Task Say(Stream stream, string text, CancellationToken cancellation) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellation).AsTask();

    private static async Task<string> LineAsync(Stream stream, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancellation) > 0 && one[0] != '\n')
        {
            text.Append((char)one[0]);
        }

        return text.ToString().TrimEnd('\r');
    }
}
