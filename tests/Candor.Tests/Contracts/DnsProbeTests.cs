using System.Net;
using Candor.Effects;
using Candor.Effects.Dns;
using Candor.Judging;
using Candor.Probing;
using Candor.Tests.Effects;

namespace Candor.Tests.Contracts;

public class DnsProbeTests
{
    private static readonly byte[] Mx = Wire.Record(0xC00C, DnsType.MX, [0, 10, 2, (byte)'m', (byte)'x', 0xC0, 0x0C]);

    [Theory]
    [InlineData("", "Good", "")]
    [InlineData("expect: { answers: [10 mx.example.com.] }", "Good", "")]
    [InlineData("expect: { answers: [20 mx.example.com] }", "Bad", "answered 10 mx.example.com, without “20 mx.example.com”")]
    public async Task Answers_are_compared_as_in_a_zone_file(string yaml, string reading, string reason)
    {
        await using var server = new DnsServerStub((_, type, _) => type == DnsType.MX ? (0, [Mx]) : (0, []));
        var seen = await Looking.LookAsync($"dns: example.com\ntype: MX\nserver: 127.0.0.1:{server.Port}\n{yaml}");
        Assert.Equal((reading, reason), (seen.Reading.ToString(), seen.Reason));
    }

    [Theory]
    [InlineData(3, "the name example.com does not exist")]
    [InlineData(2, "answered SERVFAIL")]
    [InlineData(5, "answered REFUSED")]
    [InlineData(0, "example.com has no A record")]
    public async Task The_named_server_itself_is_what_is_judged(int code, string reason)
    {
        await using var server = new DnsServerStub((_, _, _) => (code, []));
        var seen = await Looking.LookAsync($"dns: example.com\nserver: 127.0.0.1:{server.Port}");
        Assert.Equal((Reading.Bad, reason), (seen.Reading, seen.Reason));
    }

    [Fact]
    public async Task A_silent_named_server_is_bad_and_a_lost_datagram_is_forgiven()
    {
        var asked = 0;
        await using var server = new DnsServerStub((_, _, _) => ++asked == 1 ? null : (0, [Wire.Record(0xC00C, DnsType.A, [192, 0, 2, 1])]));
        Assert.Equal(Reading.Good, (await Looking.LookAsync($"dns: example.com\nserver: 127.0.0.1:{server.Port}", 0.6)).Reading);
        await using var silent = new DnsServerStub((_, _, _) => null);
        var seen = await Looking.LookAsync($"dns: example.com\nserver: 127.0.0.1:{silent.Port}", 0.3);
        Assert.Equal((Reading.Bad, "timed out after 300 ms"), (seen.Reading, seen.Reason));
        Assert.InRange(silent.Questions, 2, 3);
    }

    [Fact]
    public async Task A_cut_off_answer_is_fetched_over_tcp()
    {
        await using var server = new DnsServerStub((_, _, overTcp) => overTcp
            ? (0, [.. Enumerable.Range(0, 200).Select(i => Wire.Record(0xC00C, DnsType.TXT, [2, (byte)'h', (byte)(65 + (i % 26))]))])
            : (0x200, []));
        var client = new DnsClient(Looking.Tools().Network, new SystemRandomness());
        var reply = await client.AskAsync(
            new(IPAddress.Loopback, server.Port), "example.com", DnsType.TXT, TestContext.Current.CancellationToken);
        Assert.Equal((200, false), (reply.Answers.Count, reply.Truncated));
    }

    /// <summary>A name that is public when it is looked at and private when it is connected to, 10,000 times.</summary>
    [Fact]
    public async Task A_name_that_changes_its_mind_never_leads_inside()
    {
        var asked = 0;
        await using var server = new DnsServerStub((_, type, _) => type == DnsType.A
            ? (0, [Wire.Record(0xC00C, DnsType.A, Interlocked.Increment(ref asked) % 2 == 0 ? [127, 0, 0, 1] : [93, 184, 215, 14], ttl: 0)])
            : (0, []));
        var files = ResolverFiles.Empty with { Servers = [new(IPAddress.Loopback, server.Port)] };
        var rules = EgressRules.PublicOnly with { Neighbours = [] };
        var connected = new List<IPEndPoint>();
        var network = new GuardedOnPaper(
            new Egress(Looking.Local, () => files, new SystemRandomness(), TimeProvider.System), rules, connected);
        var probe = CheckKinds.Open(Looking.Read("http: http://rebind.test/"), Looking.Tools() with { Network = network });
        for (var i = 0; i < 10_000; i++)
        {
            await probe.LookAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        }

        Assert.NotEmpty(connected);
        Assert.All(connected, endpoint => Assert.Equal("93.184.215.14", endpoint.Address.ToString()));
    }

    /// <summary>Resolves for real; judges addresses by the strict rules; writes down instead of connecting.</summary>
    private sealed class GuardedOnPaper(Egress real, EgressRules rules, List<IPEndPoint> connected) : INetwork
    {
        public async ValueTask<Resolution> ResolveAsync(string host, CancellationToken cancellation)
        {
            var found = await real.ResolveAsync(host, cancellation);
            var allowed = found.Allowed.Where(a => rules.Refuse(a) is null).ToList();
            return found with { Allowed = allowed, Forbidden = [.. found.Allowed.Except(allowed)], Reason = "forbidden" };
        }

        public ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellation)
        {
            connected.Add(endpoint);
            throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused);
        }

        public ValueTask<byte[]> ExchangeAsync(
            IPEndPoint endpoint, ReadOnlyMemory<byte> datagram, Func<ReadOnlyMemory<byte>, bool> accept, CancellationToken cancellation) =>
            real.ExchangeAsync(endpoint, datagram, accept, cancellation);

        public ValueTask<TimeSpan> PingAsync(IPAddress address, CancellationToken cancellation) => real.PingAsync(address, cancellation);
    }
}
