using Candor.Judging;

namespace Candor.Tests.Contracts;

public class TlsProbeTests
{
    private static readonly Func<Stream, CancellationToken, Task> Answer = async (stream, cancellation) =>
    {
        await LocalListener.HeadAsync(stream, cancellation);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancellation);
    };

    [Theory]
    [InlineData("known.test", -90, -3, "certificate expired 3 days ago")]
    [InlineData("known.test", 5, 90, "certificate is not valid before")]
    [InlineData("other.test", -1, 90, "certificate is for other.test, not for known.test")]
    [InlineData("known.test", -1, 90, "certificate is self-signed")]
    public async Task A_wrong_certificate_is_bad_and_the_fault_is_named(string name, double from, double to, string reason)
    {
        using var certificate = TestCertificates.SelfSigned(name, from, to);
        await using var server = new LocalListener(LocalListener.Tls(certificate, Answer));
        foreach (var yaml in (string[])[$"tls: known.test:{server.Port}", $"http: https://known.test:{server.Port}/"])
        {
            var seen = await Looking.LookAsync(yaml);
            Assert.Equal(Reading.Bad, seen.Reading);
            Assert.StartsWith(reason, seen.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_verification_the_days_left_are_still_told()
    {
        using var certificate = TestCertificates.SelfSigned("known.test", toDays: 10.5);
        await using var server = new LocalListener(LocalListener.Tls(certificate, Answer));
        var seen = await Looking.LookAsync($"tls: known.test:{server.Port}\nverify: false");
        Assert.Equal((Reading.Slow, "certificate expires in 10 days"), (seen.Reading, seen.Reason));
        Assert.Equal(10, seen.Measurements.Single().Value);
        Assert.Equal(["dns", "connect", "tls"], seen.Phases.Select(p => p.Name));
    }

    [Fact]
    public async Task An_https_answer_has_all_phases()
    {
        using var certificate = TestCertificates.SelfSigned("known.test");
        await using var server = new LocalListener(LocalListener.Tls(certificate, Answer));
        var seen = await Looking.LookAsync($"http: https://known.test:{server.Port}/\ncertificate: {{ verify: false, warn: 90d }}");
        Assert.Equal((Reading.Slow, "certificate expires in 59 days"), (seen.Reading, seen.Reason));
        Assert.Equal(["dns", "connect", "tls", "first_byte", "body"], seen.Phases.Select(p => p.Name));
    }

    [Fact]
    public async Task What_does_not_speak_tls_is_bad()
    {
        await using var server = new LocalListener(
            async (stream, cancellation) => await stream.WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), cancellation));
        var seen = await Looking.LookAsync($"tls: known.test:{server.Port}");
        Assert.Equal((Reading.Bad, "TLS handshake failed"), (seen.Reading, seen.Reason));
    }
}
