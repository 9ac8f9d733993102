using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Candor.Bench;

/// <summary>Ten thousand open event streams in a process of their own. Prints, for each "changed", how it reached them.</summary>
internal static class StreamHolder
{
    public static async Task<int> RunAsync(Uri url, int count, CancellationToken cancellation)
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, url.Port);
        var request = Encoding.ASCII.GetBytes($"GET {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n");
        var arrivals = new System.Collections.Concurrent.ConcurrentDictionary<int, long>();
        var open = 0;
        async Task HoldAsync(int number)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(endpoint, cancellation);
            await socket.SendAsync(request, cancellation);
            var buffer = new byte[2048];
            var first = true;
            while (await socket.ReceiveAsync(buffer, cancellation) is > 0 and var read)
            {
                var text = Encoding.ASCII.GetString(buffer, 0, read);
                if (first && text.Contains("event: hello", StringComparison.Ordinal))
                {
                    first = false;
                    Interlocked.Increment(ref open);
                }

                if (text.Contains("event: changed", StringComparison.Ordinal))
                {
                    arrivals.TryAdd(number, TimeProvider.System.GetUtcNow().UtcTicks);
                }
            }

            Interlocked.Decrement(ref open);
        }

        var held = new List<Task>(count);
        for (var i = 0; i < count; i++)
        {
            held.Add(HoldAsync(i));
            if (i % 200 == 199)
            {
                await Task.Delay(20, cancellation);
            }
        }

        while (Volatile.Read(ref open) < count && held.TrueForAll(task => !task.IsFaulted))
        {
            await Task.Delay(50, cancellation);
        }

        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync(cancellation) is { } command)
        {
            // "from TICKS": answers with the number that got the news since, and how long after it, in ms.
            var from = long.Parse(command.Split(' ')[1], CultureInfo.InvariantCulture);
            var took = arrivals.Values.Select(at => (at - from) / (double)TimeSpan.TicksPerMillisecond).Order().ToList();
            arrivals.Clear();
            Console.WriteLine(took.Count == 0
                ? $"0 0 0 {open} 0"
                : FormattableString.Invariant($"{took.Count} {took[(int)(took.Count * 0.99)]:0.0} {took[^1]:0.0} {open} {took[0]:0.0}"));
        }

        return 0;
    }
}
