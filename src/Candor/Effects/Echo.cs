using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Candor.Effects;

/// <summary>
/// One ICMP echo over a datagram socket, which the kernel grants to the groups in ping_group_range. Never over a raw one: that
/// takes a privilege which lets its holder read and forge what others send. The runtime's own class would start the ping program.
/// </summary>
internal static class Echo
{
    private const string Remedy =
        "this machine lets nobody of this process's groups send pings: sysctl -w net.ipv4.ping_group_range='0 2147483647'";

    private const int HeaderBytes = 8;
    private const int PayloadBytes = 16;

    public static async ValueTask<TimeSpan> SendAsync(IPAddress address, TimeProvider time, CancellationToken cancellation)
    {
        var six = address.AddressFamily == AddressFamily.InterNetworkV6;
        using var socket = Open(six);
        await socket.ConnectAsync(new IPEndPoint(address, 0), cancellation);
        var request = Request(six);
        var sent = time.GetTimestamp();
        await socket.SendAsync(request, cancellation);
        var buffer = new byte[512];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellation);
            var took = time.GetElapsedTime(sent);
            await SocketThreads.LeaveAsync();
            if (IsReply(buffer.AsSpan(0, length), request, six))
            {
                return took;
            }
        }
    }

    private static Socket Open(bool six)
    {
        var family = six ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var protocol = six ? ProtocolType.IcmpV6 : ProtocolType.Icmp;
        try
        {
            return new Socket(family, SocketType.Dgram, protocol);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AccessDenied
            or SocketError.ProtocolNotSupported or SocketError.SocketNotSupported or SocketError.OperationNotSupported)
        {
            throw new PingUnavailableException(Remedy);
        }
    }

    private static byte[] Request(bool six)
    {
        var packet = new byte[HeaderBytes + PayloadBytes];
        packet[0] = six ? (byte)128 : (byte)8;

        // The kernel may rewrite the identifier, so a random payload is what ties the reply to this request.
        RandomNumberGenerator.Fill(packet.AsSpan(4));
        if (!six)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), Checksum(packet));
        }

        return packet;
    }

    private static bool IsReply(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> request, bool six) => packet.Length == request.Length
        && packet[0] == (six ? 129 : 0)
        && packet[HeaderBytes..].SequenceEqual(request[HeaderBytes..]);

    private static ushort Checksum(ReadOnlySpan<byte> packet)
    {
        uint sum = 0;
        for (var i = 0; i < packet.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(packet[i..]);
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~(sum + (sum >> 16));
    }
}
