using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Candor.SystemTests.Posting;

namespace Candor.SystemTests.Readers;

/// <summary>
/// Readers who take all of the machine, and an operator who has something to say. The short form is in `./test`, the long
/// one by command: CANDOR_FULL=1.
/// </summary>
[Collection(Alone.Name)]
public sealed class FloodTests
{
    private const int RequestsAtOnce = 40;

    private const string Settings = """
        page: { name: Heron, url: "https://status.example.com" }
        components: [{ name: Mail }]
        """;

    private static readonly int Connections = Herd.Sized(200, 60);
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(Herd.Sized(60, 8));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P_23_An_operator_posts_within_a_second_while_readers_flood()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var token = (await Api.TokensAsync(candor, "post"))[0];
        var id = await OpenAsync(candor, token);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var readers = Enumerable.Range(0, Connections).Select(_ => FloodAsync(candor.Address, over.Token)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);

        var (took, said, before) = (new List<double>(), 0, ProcessorTime(candor.Id));
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Lasts)
        {
            var posted = Stopwatch.GetTimestamp();
            using var answer = await Api.SendAsync(
                candor, token, HttpMethod.Post, $"/api/incidents/{id}/updates", $$"""{"body":"Word number {{++said}}."}""");
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            took.Add(Stopwatch.GetElapsedTime(posted).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(50), Ct);
        }

        var busy = (ProcessorTime(candor.Id) - before) / Stopwatch.GetElapsedTime(began);
        await candor.UntilAsync(
            "/api/v2/incidents.json",
            body => body.GetRawText().Contains($"Word number {said}.", StringComparison.Ordinal), TimeSpan.FromSeconds(10), Ct);
        await over.CancelAsync();
        var read = (await Task.WhenAll(readers)).Sum();
        var p99 = took.Order().ElementAt((int)(took.Count * 0.99));
        TestContext.Current.SendDiagnosticMessage(
            $"{said} posts beside {read / 1_000_000} MB read over {Connections} connections, {busy:F2} processors busy: p50 {took.Order().ElementAt(took.Count / 2):F0} ms, p99 {p99:F0} ms");

        // A flood that does not fill the machine would prove nothing. Who floods needs a part of it too.
        Assert.True(busy > 0.4 * Environment.ProcessorCount, $"Only {busy:F2} of {Environment.ProcessorCount} processors were busy with it.");
        Assert.InRange(p99, 0, 1_000);
    }

    private static async Task<string> OpenAsync(CandorProcess candor, string token)
    {
        using var opened = await Api.SendAsync(candor, token, HttpMethod.Post, "/api/incidents", """{"title":"Mail is slow","body":"Looking."}""");
        return JsonElement.Parse(await opened.Content.ReadAsByteArrayAsync(Ct)).GetProperty("id").GetString()!;
    }

    /// <summary>
    /// Asks without waiting for answers, as fast as they are taken off the wire, on threads of its own: what floods here must
    /// not keep the operator's post waiting before it is even sent. Gives back how many bytes came.
    /// </summary>
    private static Task<long> FloodAsync(Uri address, CancellationToken over)
    {
        var requests = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(
            $"GET / HTTP/1.1\r\nHost: {address.Authority}\r\nAccept-Encoding: br\r\n\r\n", RequestsAtOnce)));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, address.Port);
        over.Register(socket.Dispose);
        _ = Task.Factory.StartNew(() => UntilShut(() => socket.Send(requests)), over, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var buffer = new byte[256 * 1024];
        return Task.Factory.StartNew(() => UntilShut(() => socket.Receive(buffer)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static long UntilShut(Func<int> once)
    {
        var all = 0L;
        try
        {
            while (once() is > 0 and var some)
            {
                all += some;
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The end of the flood, or a server that sends floods away.
        }

        return all;
    }

    /// <summary>What a process has had of the processors so far.</summary>
    private static TimeSpan ProcessorTime(int process) => Process.GetProcessById(process).TotalProcessorTime;
}
