using System.Net;
using Candor.Effects.Dns;

namespace Candor.Tests.Effects;

public class DnsMessageTests
{
    [Fact]
    public void A_query_carries_the_question_and_the_size_we_take()
    {
        var query = DnsMessage.Query(0x1234, "example.com", DnsType.MX);
        Assert.Equal(
            "123401000001000000000001" + "076578616D706C6503636F6D00" + "000F0001" + "00002904D000000000" + "0000",
            Convert.ToHexString(query));
    }

    [Fact]
    public void Answers_are_read_with_compression()
    {
        var reply = Wire.Reply(7, "example.com", DnsType.CNAME, 0,
            Wire.Record(0xC00C, DnsType.CNAME, [3, (byte)'w', (byte)'w', (byte)'w', 0xC0, 0x0C]),
            Wire.Record(0xC00C, DnsType.MX, [0, 10, 2, (byte)'m', (byte)'x', 0xC0, 0x0C]),
            Wire.Record(0xC00C, DnsType.A, [192, 0, 2, 1]),
            Wire.Record(0xC00C, DnsType.TXT, [2, (byte)'h', (byte)'i', 1, (byte)'!']),
            Wire.Record(0xC00C, DnsType.SRV, [0, 1, 0, 2, 0x01, 0xBB, 0xC0, 0x0C]));
        Assert.True(DnsMessage.Answers(reply, 7, "EXAMPLE.com", DnsType.CNAME));
        Assert.Equal(
            ["www.example.com", "10 mx.example.com", "192.0.2.1", "hi!", "1 2 443 example.com"],
            DnsMessage.Read(reply)!.Answers.Select(a => a.Value));
    }

    [Fact]
    public void Another_id_name_type_or_a_question_is_not_an_answer()
    {
        var reply = Wire.Reply(7, "example.com", DnsType.A, 0);
        Assert.True(DnsMessage.Answers(reply, 7, "example.com", DnsType.A));
        Assert.False(DnsMessage.Answers(reply, 8, "example.com", DnsType.A));
        Assert.False(DnsMessage.Answers(reply, 7, "example.org", DnsType.A));
        Assert.False(DnsMessage.Answers(reply, 7, "example.com", DnsType.AAAA));
        Assert.False(DnsMessage.Answers(DnsMessage.Query(7, "example.com", DnsType.A), 7, "example.com", DnsType.A));
    }

    [Theory]
    [InlineData(0xC0, 0x0C)] // to the question, whose name points here
    [InlineData(0xC0, 0x1D)] // to itself
    [InlineData(0xFF, 0xFF)] // beyond the end
    public void SEC_38_A_pointer_that_does_not_lead_back_is_refused(byte high, byte low)
    {
        var reply = Wire.Reply(7, "example.com", DnsType.NS, 0, Wire.Record(0xC01D, DnsType.NS, [high, low]));
        if (high == 0xC0 && low == 0x0C)
        {
            reply[12] = 0xC0; // the question itself points forward
            reply[13] = 0x40;
        }

        Assert.Null(DnsMessage.Read(reply));
    }

    [Fact]
    public void SEC_38_The_longest_possible_chain_of_pointers_is_refused_at_once()
    {
        var reply = Wire.Reply(7, "a", DnsType.TXT, 0, Wire.Record(0xC00C, DnsType.TXT, [1, 65])).ToList();
        reply.AddRange([0xC0, 0x0C]);
        while (reply.Count < 0x3FFE)
        {
            var target = reply.Count - 2;
            reply.AddRange([(byte)(0xC0 | (target >> 8)), (byte)target]);
        }

        var at = reply.Count - 2;
        Assert.False(DnsNames.TryRead([.. reply], ref at, out _));
    }

    [Fact]
    public void SEC_38_Two_hundred_thousand_mutations_of_an_answer_never_throw()
    {
        var random = new Random(42);
        var good = Wire.Reply(7, "example.com", DnsType.SOA, 0,
            Wire.Record(0xC00C, DnsType.SOA, [2, (byte)'n', (byte)'s', 0xC0, 0x0C, 1, (byte)'h', 0xC0, 0x0C, .. new byte[20]]),
            Wire.Record(0xC00C, DnsType.TXT, [3, 1, 2, 3]));
        for (var i = 0; i < 200_000; i++)
        {
            var bytes = good.AsSpan(0, random.Next(good.Length + 1)).ToArray();
            for (var flips = random.Next(4); flips > 0 && bytes.Length > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            DnsMessage.Read(bytes);
            DnsMessage.Answers(bytes, 7, "example.com", DnsType.SOA);
        }
    }

    [Fact]
    public void Resolver_files_are_read_as_the_system_reads_them()
    {
        var files = ResolverFiles.Read(
            "# comment\nnameserver 10.0.0.2\nnameserver ::1 ; x\nsearch a.example  b.example.\noptions rotate ndots:5\nnameserver nonsense\n",
            "127.0.0.1 localhost\n10.1.1.1\tdb DB2 # two names\nfe80::1 db\n");
        Assert.Equal([new(IPAddress.Parse("10.0.0.2"), 53), new(IPAddress.IPv6Loopback, 53)], files.Servers);
        Assert.Equal(["a.example", "b.example"], files.Search);
        Assert.Equal(5, files.Dots);
        Assert.Equal([IPAddress.Parse("10.1.1.1"), IPAddress.Parse("fe80::1")], files.Hosts["Db"]);
    }
}
