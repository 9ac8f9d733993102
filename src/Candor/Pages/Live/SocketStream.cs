using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;

namespace Candor.Pages.Live;

/// <summary>
/// A stream that is sent straight into its socket: one call of the kernel for each message, made by whoever sends the
/// lane, instead of a turn of the thread pool and a pass through two pipes for each reader. The server writes nothing on
/// this connection any more: not the headers, which are written here, and no end, because the connection ends with the
/// stream.
/// </summary>
/// <param name="newest">The number of the newest message of its lane.</param>
internal sealed class SocketStream(HttpContext context, Socket socket, TimeProvider time, LiveLimits limits, Func<long> newest) : LiveStream
{
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LiveMessage at = LiveMessage.None;
    private long writingSince;

    /// <summary>One sends at a time; who comes meanwhile leaves the message to that one.</summary>
    private int isSending = 1;

    public override bool IsStuck =>
        Volatile.Read(ref writingSince) is not 0 and var since && time.GetElapsedTime(since) > limits.WriteMax;

    /// <summary>Null where what is written is not what is on the wire.</summary>
    public static Socket? SocketOf(HttpContext context) =>
        HttpProtocol.IsHttp11(context.Request.Protocol) && context.Features.Get<ITlsHandshakeFeature>() is null
            ? context.Features.Get<IConnectionSocketFeature>()?.Socket
            : null;

    public override async Task RunAsync(LiveMessage at, ReadOnlyMemory<byte> greeting)
    {
        this.at = at;
        try
        {
            socket.Blocking = false;
            await FinishAsync((byte[])[.. Head(), .. greeting.Span]);
            await over.Task;

            // What was sent arrives, and then its end; what the server would say to a request that has been answered does not.
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            context.Abort();
        }
    }

    /// <summary>Sends what has come since, as far as the socket takes it at once. Does not wait.</summary>
    public void Advance()
    {
        while (Interlocked.Exchange(ref isSending, 1) == 0)
        {
            if (!SendsAtOnce())
            {
                return;
            }

            // A full fence: whoever has just added a message either sees that nobody sends, or is seen here.
            var last = at;
            Interlocked.Exchange(ref isSending, 0);
            if (last.Following is null)
            {
                return;
            }
        }
    }

    public override void Drop()
    {
        Volatile.Write(ref writingSince, 0);
        over.TrySetResult();
        context.Abort();
    }

    /// <summary>False where somebody else goes on: the one that waits for the reader, or nobody because it is over.</summary>
    private bool SendsAtOnce()
    {
        while (at.Following is { } next)
        {
            if (next.IsEnd || newest() - next.Number > limits.LagMax)
            {
                over.TrySetResult();
                return false;
            }

            at = next;
            if (Sent(next.Bytes.Span) is not { } sent)
            {
                over.TrySetResult();
                return false;
            }

            if (sent < next.Bytes.Length)
            {
                _ = FinishAsync(next.Bytes[sent..]);
                return false;
            }
        }

        return true;
    }

    /// <summary>How many bytes the socket took; null once the reader has gone.</summary>
    private int? Sent(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var sent = socket.Send(bytes, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success => sent,
                SocketError.WouldBlock => 0,
                _ => null,
            };
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Waits for the reader to take the rest, and then goes on with what has come meanwhile.</summary>
    private async Task FinishAsync(ReadOnlyMemory<byte> rest)
    {
        var isTaken = false;
        Volatile.Write(ref writingSince, time.GetTimestamp());
        try
        {
            while (rest.Length > 0)
            {
                rest = rest[await socket.SendAsync(rest, SocketFlags.None, CancellationToken.None)..];
            }

            isTaken = true;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The reader has gone; below.
        }
        finally
        {
            Volatile.Write(ref writingSince, 0);
            if (!isTaken)
            {
                over.TrySetResult();
            }
        }

        if (isTaken)
        {
            Interlocked.Exchange(ref isSending, 0);
            Advance();
        }
    }

    private byte[] Head()
    {
        var head = new StringBuilder("HTTP/1.1 200 OK\r\n");
        foreach (var (name, value) in context.Response.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        head.Append(CultureInfo.InvariantCulture, $"Date: {time.GetUtcNow():R}\r\nConnection: close\r\n\r\n");
        return Encoding.Latin1.GetBytes(head.ToString());
    }
}
