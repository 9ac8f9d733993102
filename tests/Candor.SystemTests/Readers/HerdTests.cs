using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Candor.SystemTests.Readers;

public sealed class HerdTests
{
    private static readonly int Streams = Herd.Sized(10_000, 500);
    private static readonly int Readers = Herd.Sized(10_000, 1_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P_21_A_herd_reads_while_streams_are_held_and_an_incident_opens()
    {
        var target = new TcpListener(IPAddress.Loopback, 0);
        using var control = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        control.Start();
        await using var candor = await CandorProcess.StartAsync(
            SystemSettings.Of(
                ((IPEndPoint)control.LocalEndpoint).Port,
                ("Website", $"{{ tcp: '127.0.0.1:{((IPEndPoint)target.LocalEndpoint).Port}' }}")),
            Cancellation);
        await candor.UntilAsync(
            "/api/v2/status.json", body => body.GetProperty("status").GetProperty("indicator").GetString() == "none",
            TimeSpan.FromSeconds(30), Cancellation);
        await Herd.ReadAsync(candor.Address, 500, TimeSpan.FromSeconds(1), 50, Cancellation);

        var held = new List<Task<long>>(Streams);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        for (var i = 0; i < Streams; i++)
        {
            held.Add(HoldAsync(await OpenAsync(candor.Address), over.Token));
        }

        var reading = Herd.ReadAsync(candor.Address, Readers, TimeSpan.FromSeconds(10), 200, Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(2), Cancellation);
        target.Stop();
        var heard = await Task.WhenAll(held).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        var (p99, errors) = await reading;
        await over.CancelAsync();

        var times = heard.Order().ToList();
        var fanOut = Stopwatch.GetElapsedTime(times[0], times[(int)(times.Count * 0.99)]);
        var resident = ResidentMebibytes(candor.Id);
        TestContext.Current.SendDiagnosticMessage(
            $"{Readers} readers: p99 {p99:F1} ms, {errors} errors; {Streams} streams: p99 {fanOut.TotalMilliseconds:F0} ms; {resident} MiB");
        Assert.Equal(0, errors);
        Assert.InRange(fanOut, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
        Assert.InRange(resident, 1, 400);

        // On a machine that does other things meanwhile, only the full run by command holds the reader's 50 ms.
        Assert.InRange(p99, 0, Herd.IsFull ? 50 : 500);
    }

    private static async Task<RawReader> OpenAsync(Uri address)
    {
        var reader = await RawReader.OpenAsync(address, Cancellation);
        await reader.SendAsync($"GET /events HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n", Cancellation);
        var said = new StringBuilder();
        while (!said.ToString().Contains("event: hello", StringComparison.Ordinal))
        {
            said.Append(await reader.ReadAsync(Cancellation) ?? throw new IOException($"The stream ended: {said}"));
        }

        return reader;
    }

    /// <summary>When the news of the failure came.</summary>
    private static async Task<long> HoldAsync(RawReader reader, CancellationToken cancellation)
    {
        using (reader)
        {
            while (await reader.ReadAsync(cancellation) is { } text)
            {
                if (text.Contains("event: changed", StringComparison.Ordinal))
                {
                    return Stopwatch.GetTimestamp();
                }
            }

            throw new IOException("The stream ended before the news came.");
        }
    }

    private static long ResidentMebibytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
