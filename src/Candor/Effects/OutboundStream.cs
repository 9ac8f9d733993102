using System.Net.Sockets;

namespace Candor.Effects;

/// <summary>
/// A connection to the outside whose reads and writes never end on a socket's thread: what follows them may check a
/// certificate, run an owner's pattern or unfold a stranger's body.
/// </summary>
internal sealed class OutboundStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var length = await base.ReadAsync(buffer, cancellationToken);
        await SocketThreads.LeaveAsync();
        return length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken);
        await SocketThreads.LeaveAsync();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
