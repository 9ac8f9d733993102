using System.Buffers.Binary;
using System.Net;

namespace Candor.Effects.Dns;

/// <summary>Asks one server one question: UDP first, TCP where the answer was cut off.</summary>
internal sealed class DnsClient(INetwork network, IRandomness randomness)
{
    /// <summary>
    /// The server's reply. Throws <see cref="System.Net.Sockets.SocketException"/> where it cannot be reached,
    /// <see cref="InvalidDataException"/> where it answers nonsense, and is cancelled where it does not answer.
    /// </summary>
    public async ValueTask<DnsReply> AskAsync(IPEndPoint server, string name, DnsType type, CancellationToken cancellation)
    {
        var id = NextId();
        var query = DnsMessage.Query(id, name, type);
        var bytes = await network.ExchangeAsync(
            server, query, reply => DnsMessage.Answers(reply.Span, id, name, type), cancellation);
        var answer = Understood(bytes);
        return answer.Truncated ? await OverTcpAsync(server, name, type, cancellation) : answer;
    }

    private async ValueTask<DnsReply> OverTcpAsync(IPEndPoint server, string name, DnsType type, CancellationToken cancellation)
    {
        var id = NextId();
        var query = DnsMessage.Query(id, name, type);
        var framed = new byte[query.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Length);
        query.CopyTo(framed, 2);
        await using var stream = await network.ConnectAsync(server, cancellation);
        await stream.WriteAsync(framed, cancellation);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancellation);
        var reply = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(reply, cancellation);
        return DnsMessage.Answers(reply, id, name, type)
            ? Understood(reply)
            : throw new InvalidDataException("the DNS server answered another question");
    }

    private static DnsReply Understood(byte[] reply) =>
        DnsMessage.Read(reply) ?? throw new InvalidDataException("the DNS server's answer cannot be read");

    private ushort NextId()
    {
        Span<byte> bytes = stackalloc byte[2];
        randomness.Fill(bytes);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }
}
