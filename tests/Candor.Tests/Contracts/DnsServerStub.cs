using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Candor.Effects.Dns;

namespace Candor.Tests.Contracts;

/// <summary>A real DNS server on the loopback address, over UDP and TCP, that answers as a test says (null: not at all).</summary>
internal sealed class DnsServerStub : IAsyncDisposable
{
    private readonly UdpClient udp;
    private readonly LocalListener tcp;
    private readonly CancellationTokenSource stop = new();
    private readonly Task answering;
    private int questions;

    public DnsServerStub(Func<string, DnsType, bool, (int Code, byte[][] Records)?> answer)
    {
        tcp = new(async (stream, cancellation) =>
        {
            var length = new byte[2];
            await stream.ReadExactlyAsync(length, cancellation);
            var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            await stream.ReadExactlyAsync(query, cancellation);
            if (Reply(query, true, answer) is { } reply)
            {
                await stream.WriteAsync(new[] { (byte)(reply.Length >> 8), (byte)reply.Length }, cancellation);
                await stream.WriteAsync(reply, cancellation);
            }
        });
        udp = new(new IPEndPoint(IPAddress.Loopback, tcp.Port));
        answering = AnswerAsync(answer);
    }

    public int Port => tcp.Port;

    public int Questions => Volatile.Read(ref questions);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await answering;
        udp.Dispose();
        await tcp.DisposeAsync();
        stop.Dispose();
    }

    private async Task AnswerAsync(Func<string, DnsType, bool, (int Code, byte[][] Records)?> answer)
    {
        try
        {
            while (true)
            {
                var query = await udp.ReceiveAsync(stop.Token);
                if (Reply(query.Buffer, false, answer) is { } reply)
                {
                    await udp.SendAsync(reply, query.RemoteEndPoint, stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private byte[]? Reply(byte[] query, bool overTcp, Func<string, DnsType, bool, (int Code, byte[][] Records)?> answer)
    {
        Interlocked.Increment(ref questions);
        var at = 12;
        Assert.True(DnsNames.TryRead(query, ref at, out var name));
        var type = (DnsType)BinaryPrimitives.ReadUInt16BigEndian(query.AsSpan(at));
        return answer(name, type, overTcp) is var (code, records)
            ? Effects.Wire.Reply(BinaryPrimitives.ReadUInt16BigEndian(query), name, type, code, records)
            : null;
    }
}
