using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Candor.Effects;
using Candor.Effects.Dns;
using Candor.Testing;

namespace Candor.Tests.Effects;

public class NameResolverTests
{
    private readonly ManualTimeProvider time = new(DateTimeOffset.UnixEpoch);
    private readonly FakeNetwork network = new();
    private readonly List<IPEndPoint> asked = [];

    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_families_are_found()
    {
        Answer((_, type) => type == DnsType.A
            ? (0, [Wire.Record(0xC00C, DnsType.A, [192, 0, 2, 1])])
            : (0, [Wire.Record(0xC00C, DnsType.AAAA, IPAddress.Parse("2001:db8::1").GetAddressBytes())]));
        var found = await Resolver().LookUpAsync("example.com", Cancellation);
        Assert.Equal([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")], found.Addresses);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_the_owners_trouble()
    {
        Answer((_, _) => (3, []));
        var found = await Resolver().LookUpAsync("gone.example.com", Cancellation);
        Assert.Equal(NameAnswer.NoSuchName, found.Answer);
        Assert.Equal("the name gone.example.com does not exist", found.Reason);
    }

    [Fact]
    public async Task A_name_without_addresses_is_told_from_one_that_does_not_exist()
    {
        Answer((_, _) => (0, []));
        Assert.Equal(NameAnswer.NoAddress, (await Resolver().LookUpAsync("example.com", Cancellation)).Answer);
    }

    [Theory]
    [InlineData(2, "SERVFAIL")]
    [InlineData(5, "REFUSED")]
    public async Task P_18_A_resolver_that_fails_is_our_trouble(int code, string word)
    {
        Answer((_, _) => (code, []));
        var found = await Resolver("10.0.0.2").LookUpAsync("example.com", Cancellation);
        Assert.Equal(NameAnswer.ResolverFailed, found.Answer);
        Assert.Equal($"our resolver 10.0.0.2 answered {word} for example.com", found.Reason);
    }

    [Fact]
    public async Task The_next_resolver_is_asked_when_the_first_fails()
    {
        network.Exchange = (server, query, _) => server.Address.ToString() == "10.0.0.2"
            ? throw new SocketException((int)SocketError.ConnectionRefused)
            : new(Reply(query, 0, Wire.Record(0xC00C, DnsType.A, [192, 0, 2, 7])));
        var found = await Resolver("10.0.0.2", "10.0.0.3").LookUpAsync("example.com", Cancellation);
        Assert.Contains(IPAddress.Parse("192.0.2.7"), found.Addresses);
    }

    [Fact]
    public async Task P_18_A_silent_resolver_is_given_up_after_two_rounds_of_two_seconds()
    {
        network.Exchange = async (_, _, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
            return [];
        };
        var looking = Resolver("10.0.0.2").LookUpAsync("example.com", Cancellation).AsTask();
        time.Advance(TimeSpan.FromSeconds(3.9));
        Assert.False(looking.IsCompleted);
        while (!looking.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("our resolver 10.0.0.2 does not answer", (await looking).Reason);
    }

    [Fact]
    public async Task Hosts_file_and_localhost_need_no_resolver()
    {
        var files = ResolverFiles.Read("", "10.1.1.1 db");
        var resolver = new NameResolver(new(network, new SystemRandomness()), () => files, time);
        Assert.Equal([IPAddress.Parse("10.1.1.1")], (await resolver.LookUpAsync("db", Cancellation)).Addresses);
        Assert.Equal(IPAddress.Loopback, (await resolver.LookUpAsync("x.localhost", Cancellation)).Addresses[0]);
        Assert.Equal(NameAnswer.ResolverFailed, (await resolver.LookUpAsync("example.com", Cancellation)).Answer);
    }

    [Fact]
    public async Task Short_names_follow_the_search_list()
    {
        Answer((name, type) => name == "db.b.example" && type == DnsType.A
            ? (0, [Wire.Record(0xC00C, DnsType.A, [192, 0, 2, 9])])
            : (name == "db.b.example" ? 0 : 3, []));
        var files = ResolverFiles.Read("nameserver 10.0.0.2\nsearch a.example b.example", "");
        var resolver = new NameResolver(new(network, new SystemRandomness()), () => files, time);
        Assert.Equal([IPAddress.Parse("192.0.2.9")], (await resolver.LookUpAsync("db", Cancellation)).Addresses);
    }

    private NameResolver Resolver(params string[] servers)
    {
        var list = servers.Length == 0 ? ["10.0.0.2"] : servers;
        var files = ResolverFiles.Read(string.Concat(list.Select(s => $"nameserver {s}\n")), "");
        return new(new(network, new SystemRandomness()), () => files, time);
    }

    private void Answer(Func<string, DnsType, (int Code, byte[][] Records)> answer) =>
        network.Exchange = (server, query, _) =>
        {
            asked.Add(server);
            var at = 12;
            DnsNames.TryRead(query, ref at, out var name);
            var (code, records) = answer(name, (DnsType)BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(at)));
            return new(Reply(query, code, records));
        };

    private static byte[] Reply(byte[] query, int code, params byte[][] records)
    {
        var at = 12;
        DnsNames.TryRead(query, ref at, out var name);
        return Wire.Reply(
            BinaryPrimitives.ReadUInt16BigEndian(query), name, (DnsType)BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(at)), code, records);
    }
}
