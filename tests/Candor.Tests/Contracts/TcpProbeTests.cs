using System.Net.Sockets;
using Candor.Effects;
using Candor.Judging;

namespace Candor.Tests.Contracts;

public class TcpProbeTests
{
    private static readonly LocalListenerAnswer Redis = async (stream, cancellation) =>
    {
        var heard = new byte[6];
        await stream.ReadExactlyAsync(heard, cancellation);
        await stream.WriteAsync("+PO"u8.ToArray(), cancellation);
        await stream.FlushAsync(cancellation);
        await stream.WriteAsync("NG\r\n"u8.ToArray(), cancellation);
    };

    private delegate Task LocalListenerAnswer(Stream stream, CancellationToken cancellation);

    [Theory]
    [InlineData("", nameof(Reading.Good), "")]
    [InlineData("send: \"PING\\r\\n\"\nexpect: { text: PONG }", nameof(Reading.Good), "")]
    [InlineData("send: \"PING\\r\\n\"\nexpect: { text: PANG }", nameof(Reading.Bad), "closed without saying “PANG”")]
    public async Task A_port_is_open_and_says_what_is_expected(string more, string reading, string reason)
    {
        await using var server = new LocalListener((s, c) => Redis(s, c));
        var seen = await Looking.LookAsync($"tcp: 127.0.0.1:{server.Port}\n{more}");
        Assert.Equal((reading, reason), (seen.Reading.ToString(), seen.Reason));
    }

    [Fact]
    public async Task The_second_address_is_tried_when_the_first_refuses()
    {
        await using var server = new LocalListener((_, _) => Task.CompletedTask);
        var tools = Looking.Tools();
        var network = new Tests.Effects.FakeNetwork
        {
            Resolve = _ => new(
                NameAnswer.Found, [System.Net.IPAddress.Parse("127.0.0.9"), System.Net.IPAddress.Loopback], [], ""),
            Connect = (at, cancellation) => at.Address.ToString() == "127.0.0.9"
                ? throw new SocketException((int)SocketError.ConnectionRefused)
                : tools.Network.ConnectAsync(at, cancellation),
        };
        Assert.Equal(Reading.Good, (await Looking.LookAsync($"tcp: two.test:{server.Port}", tools: tools with { Network = network })).Reading);
    }

    /// <summary>What our own machine could not do is no evidence about anybody else.</summary>
    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, nameof(Reading.None))]
    [InlineData(SocketError.NetworkUnreachable, nameof(Reading.None))]
    [InlineData(SocketError.NetworkDown, nameof(Reading.None))]
    [InlineData(SocketError.AddressNotAvailable, nameof(Reading.None))]
    [InlineData(SocketError.NoBufferSpaceAvailable, nameof(Reading.None))]
    [InlineData(SocketError.AccessDenied, nameof(Reading.None))]
    [InlineData(SocketError.SocketError, nameof(Reading.None))]
    [InlineData(SocketError.ConnectionRefused, nameof(Reading.Bad))]
    [InlineData(SocketError.ConnectionReset, nameof(Reading.Bad))]
    [InlineData(SocketError.HostUnreachable, nameof(Reading.Bad))]
    [InlineData(SocketError.TimedOut, nameof(Reading.Bad))]
    public async Task P_18_Our_own_faults_read_as_none(SocketError error, string reading)
    {
        var network = new Tests.Effects.FakeNetwork { Connect = (_, _) => throw new SocketException((int)error) };
        var seen = await Looking.LookAsync("tcp: 127.0.0.1:1", tools: Looking.Tools() with { Network = network });
        Assert.Equal(reading, seen.Reading.ToString());
        Assert.NotEmpty(seen.Reason);
    }

    [Theory]
    [InlineData(nameof(NameAnswer.ResolverFailed), nameof(Reading.None))]
    [InlineData(nameof(NameAnswer.NotAHost), nameof(Reading.None))]
    [InlineData(nameof(NameAnswer.NoSuchName), nameof(Reading.Bad))]
    [InlineData(nameof(NameAnswer.NoAddress), nameof(Reading.Bad))]
    public async Task P_18_Only_a_definite_answer_about_a_name_is_evidence(string answer, string reading)
    {
        var network = new Tests.Effects.FakeNetwork { Resolve = _ => new(Enum.Parse<NameAnswer>(answer), [], [], "why") };
        var seen = await Looking.LookAsync("tcp: example.com:1", tools: Looking.Tools() with { Network = network });
        Assert.Equal((reading, "why"), (seen.Reading.ToString(), seen.Reason));
    }

    [Fact]
    public async Task An_unroutable_second_address_does_not_hide_the_refusal_of_the_first()
    {
        var network = new Tests.Effects.FakeNetwork
        {
            Resolve = _ => new(
                NameAnswer.Found, [System.Net.IPAddress.Loopback, System.Net.IPAddress.IPv6Loopback], [], ""),
            Connect = (at, _) => throw new SocketException(
                (int)(at.Address.Equals(System.Net.IPAddress.Loopback) ? SocketError.ConnectionRefused : SocketError.NetworkUnreachable)),
        };
        var seen = await Looking.LookAsync("tcp: two.test:1", tools: Looking.Tools() with { Network = network });
        Assert.Equal((Reading.Bad, "connection refused"), (seen.Reading, seen.Reason));
    }
}
