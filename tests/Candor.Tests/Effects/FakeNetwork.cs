using System.Net;
using System.Net.Sockets;
using Candor.Effects;

namespace Candor.Tests.Effects;

/// <summary>A network of plain functions; whatever a test does not set is refused.</summary>
internal sealed class FakeNetwork : INetwork
{
    public Func<IPEndPoint, byte[], CancellationToken, ValueTask<byte[]>> Exchange { get; set; } =
        (_, _, _) => throw new SocketException((int)SocketError.ConnectionRefused);

    public Func<IPEndPoint, CancellationToken, ValueTask<Stream>> Connect { get; set; } =
        (_, _) => throw new SocketException((int)SocketError.ConnectionRefused);

    public Func<string, Resolution> Resolve { get; set; } = host =>
        IPAddress.TryParse(host, out var address)
            ? new(NameAnswer.Found, [address], [], "")
            : new(NameAnswer.NoSuchName, [], [], $"the name {host} does not exist");

    public Func<IPAddress, TimeSpan> Ping { get; set; } = _ => TimeSpan.FromMilliseconds(1);

    public ValueTask<Resolution> ResolveAsync(string host, CancellationToken cancellation) => new(Resolve(host));

    public ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellation) => Connect(endpoint, cancellation);

    public async ValueTask<byte[]> ExchangeAsync(
        IPEndPoint endpoint, ReadOnlyMemory<byte> datagram, Func<ReadOnlyMemory<byte>, bool> accept, CancellationToken cancellation)
    {
        var reply = await Exchange(endpoint, datagram.ToArray(), cancellation);
        return accept(reply) ? reply : throw new OperationCanceledException("nothing acceptable came");
    }

    public ValueTask<TimeSpan> PingAsync(IPAddress address, CancellationToken cancellation) => new(Ping(address));
}
