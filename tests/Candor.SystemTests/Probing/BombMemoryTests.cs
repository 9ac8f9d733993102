using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Candor.SystemTests.Probing;

/// <summary>The real executable looks at a bomb; its peak of resident memory is compared with that of a harmless look.</summary>
public class BombMemoryTests
{
    private const double MegabytesMore = 16;

    [Fact]
    public async Task P_11_A_bomb_costs_no_memory()
    {
        var harmless = await PeakAsync("Content-Length: 5", "Heron"u8.ToArray(), repeat: 1);
        var zeros = Packed();
        var bomb = await PeakAsync("Content-Encoding: gzip", zeros, repeat: 10_240);
        var flood = await PeakAsync("Content-Type: text/plain", new byte[1 << 20], repeat: 10_240);
        Assert.True(bomb - harmless <= MegabytesMore, $"{harmless:0} MB, then {bomb:0} MB");
        Assert.True(flood - harmless <= MegabytesMore, $"{harmless:0} MB, then {flood:0} MB");
    }

    /// <summary>A mebibyte of zeros as one member of a gzip stream.</summary>
    private static byte[] Packed()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[1 << 20]);
        }

        return packed.ToArray();
    }

    private static async Task<double> PeakAsync(string header, byte[] body, int repeat)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/";
        var serving = ServeAsync(server, header, body, repeat, cancellation);
        using var candor = Process.Start(new ProcessStartInfo(
            Repository.Program, ["check", "http", url, "--allow", "127.0.0.0/8", "--timeout", "5s", "expect.body=Heron"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var peak = 0.0;
        while (!candor.HasExited)
        {
            peak = Math.Max(peak, Peak(candor.Id));
            await Task.Delay(5, cancellation);
        }

        await serving;
        return peak;
    }

    private static async Task ServeAsync(TcpListener server, string header, byte[] body, int repeat, CancellationToken cancellation)
    {
        using var client = await server.AcceptTcpClientAsync(cancellation);
        var stream = client.GetStream();
        try
        {
            _ = await stream.ReadAsync(new byte[4_096], cancellation);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{header}\r\n\r\n"), cancellation);
            for (var i = 0; i < repeat; i++)
            {
                await stream.WriteAsync(body, cancellation);
            }
        }
        catch (IOException)
        {
            // It had enough, as it should.
        }
    }

    /// <summary>The kernel's own high-water mark, in megabytes.</summary>
    private static double Peak(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1_000;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
