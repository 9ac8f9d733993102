using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Candor.Journal;

namespace Candor.Tests.Journal;

/// <summary>
/// The seal of an event, held from outside: bytes written here by the documented layout, and hashes that were written
/// down. What the code computes of itself would agree with any change of it.
/// </summary>
public class ChainTests
{
    private static readonly DateTimeOffset Occurred = new(2021, 2, 16, 10, 18, 0, TimeSpan.Zero);

    private static readonly Stamp First = new(new(1), Occurred, Occurred.AddSeconds(1), Occurred.AddSeconds(2));

    [Fact]
    public void A_seal_is_what_was_written_down_when_the_layout_was_fixed()
    {
        var first = Chain.Link(ChainHash.Genesis, First, "incident.opened", "{\"title\":\"Mail is down\"}"u8);
        var second = Chain.Link(first, First with { Position = new(2) }, "ä.ö", default(ReadOnlySpan<byte>));

        Assert.Equal("f038fdf0c63fe708ac2eb220b24bc37da8a005306d4cee6446e3b25d25a966a1", first.ToString());
        Assert.Equal("9246b9c115a3ad215921616f6d2484ad84518895a924241325b72ec93606cae4", second.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_920)]
    [InlineData(2_048)]
    [InlineData(70_000)]
    public void A_seal_is_the_SHA_256_of_the_documented_layout(int length)
    {
        var previous = ChainHash.From(Enumerable.Range(1, 32).Select(static i => (byte)i).ToArray());
        var body = Enumerable.Range(0, length).Select(static i => (byte)(i * 31)).ToArray();

        Assert.Equal(
            SHA256.HashData(Layout(previous.ToArray(), First, "audit.recorded", body)),
            Chain.Link(previous, First, "audit.recorded", body).ToArray());
    }

    [Fact]
    public void Every_single_bit_of_what_is_sealed_changes_the_seal()
    {
        var (previous, kind, body) = (ChainHash.Genesis, "page.configured"u8.ToArray(), "{\"name\":\"Heron\"}"u8.ToArray());
        var seal = Chain.Link(previous, First, kind, body);

        Assert.All(Flips(previous.ToArray()), flipped => Assert.NotEqual(seal, Chain.Link(ChainHash.From(flipped), First, kind, body)));
        Assert.All(Flips(kind), flipped => Assert.NotEqual(seal, Chain.Link(previous, First, flipped, body)));
        Assert.All(Flips(body), flipped => Assert.NotEqual(seal, Chain.Link(previous, First, kind, flipped)));
        Assert.All(Others(First), stamp => Assert.NotEqual(seal, Chain.Link(previous, stamp, kind, body)));
    }

    [Fact]
    public void Where_the_kind_ends_is_sealed_too() => Assert.NotEqual(
        Chain.Link(ChainHash.Genesis, First, "page.configured"u8, "{}"u8),
        Chain.Link(ChainHash.Genesis, First, "page.configure"u8, "d{}"u8));

    [Fact]
    public void The_checksum_covers_every_bit_of_a_record_and_its_seal()
    {
        var (kind, body) = ("page.configured"u8.ToArray(), "{\"name\":\"Heron\"}"u8.ToArray());
        var seal = Chain.Link(ChainHash.Genesis, First, kind, body);
        var checksum = Chain.Checksum(First, kind, body, seal);

        Assert.Equal(0x8BE21DECu, checksum);
        Assert.All(Flips(seal.ToArray()), flipped => Assert.NotEqual(checksum, Chain.Checksum(First, kind, body, ChainHash.From(flipped))));
        Assert.All(Flips(kind), flipped => Assert.NotEqual(checksum, Chain.Checksum(First, flipped, body, seal)));
        Assert.All(Flips(body), flipped => Assert.NotEqual(checksum, Chain.Checksum(First, kind, flipped, seal)));
        Assert.All(Others(First), stamp => Assert.NotEqual(checksum, Chain.Checksum(stamp, kind, body, seal)));
    }

    [Fact]
    public void A_hash_reads_as_it_is_written_and_nothing_shorter_or_longer_is_one()
    {
        var bytes = Enumerable.Range(1, 32).Select(static i => (byte)i).ToArray();
        var hash = ChainHash.From(bytes);

        Assert.Equal("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20", hash.ToString());
        Assert.Equal(hash, ChainHash.Parse(hash.ToString()));
        Assert.Equal(bytes, hash.ToArray());
        Assert.All(Flips(bytes), flipped => Assert.NotEqual(hash, ChainHash.From(flipped)));
        Assert.Throws<ArgumentException>(() => ChainHash.From(bytes.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => ChainHash.From([.. bytes, 0]));
    }

    private static byte[] Layout(byte[] previous, Stamp stamp, string kind, byte[] body) =>
    [
        .. previous,
        .. Number(stamp.Position.Value),
        .. Number(stamp.OccurredAt.UtcTicks),
        .. Number(stamp.ArrivedAt.UtcTicks),
        .. Number(stamp.CommittedAt.UtcTicks),
        .. Number(Encoding.UTF8.GetByteCount(kind))[..4],
        .. Encoding.UTF8.GetBytes(kind),
        .. body,
    ];

    private static byte[] Number(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static IEnumerable<byte[]> Flips(byte[] bytes)
    {
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var flipped = bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return flipped;
        }
    }

    private static IEnumerable<Stamp> Others(Stamp stamp)
    {
        yield return stamp with { Position = stamp.Position.Next };
        yield return stamp with { OccurredAt = stamp.OccurredAt.AddTicks(1) };
        yield return stamp with { ArrivedAt = stamp.ArrivedAt.AddTicks(1) };
        yield return stamp with { CommittedAt = stamp.CommittedAt.AddTicks(1) };
    }
}
