using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Candor.SystemTests.Probing;

/// <summary>
/// What strangers send, nested and stretched beyond reason, at each parser that reads it. A parser that runs out of stack
/// takes its process with it, so the process is a child and what counts is that it ends by itself, soon, with a sentence.
/// </summary>
public sealed class ParserBombTests
{
    private const int Many = 100_000;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string, string[], string> Bombs => new()
    {
        { "JSON lists", "http http://{0}/", ["expect.json.a.b=c"], Http(Repeat("[")) },
        { "JSON objects", "http http://{0}/", ["expect.json.a.b=c"], Http(Repeat("{\"a\":")) },
        { "JSON text without an end", "http http://{0}/", ["expect.json.a.b=c"], Http("\"" + Repeat("\\u0041")) },
        { "a body of brackets and a pattern", "http http://{0}/", ["expect.body_matches=(\\(*a)+b"], Http(Repeat("(")) },
        { "headers without an end", "http http://{0}/", [], "HTTP/1.1 200 OK\r\n" + Repeat("X-A: b\r\n") },
        { "one header line without an end", "http http://{0}/", [], "HTTP/1.1 200 OK\r\nX-A: " + Repeat("aaaaaaaaaa") },
        { "a status line without an end", "http http://{0}/", [], "HTTP/1.1 200 " + Repeat("aaaaaaaaaa") },
        { "chunks without an end", "http http://{0}/", ["expect.body=x"], "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Repeat("1\r\na\r\n") },
        { "a chunk of impossible size", "http http://{0}/", ["expect.body=x"], "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n" },
        { "the queue as nested lists", "rabbitmq http://{0}", ["queue=q"], Http(Repeat("[")) },
        { "the queue as nested objects", "rabbitmq http://{0}", ["queue=q"], Http(Repeat("{\"messages\":")) },
        { "a greeting without an end", "smtp {0}", [], Repeat("220-mx\r\n") },
        { "a greeting in one line without an end", "smtp {0}", [], "220 " + Repeat("aaaaaaaaaa") },
        { "a certificate that is none", "tls {0}", [], "\x16\x03\x03\x00\x04" + Repeat("\x02\x00\x00\x00") },
        { "a database that answers nonsense", "postgres {0}", [], "R\x7f\x00\x00\x00" + Repeat("AAAA") },
        { "an answer without an end", "tcp {0}", ["expect.text=x"], Repeat("aaaaaaaaaa") },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task SEC_38_Whatever_a_target_sends_the_process_that_reads_it_lives_and_says_so(
        string what, string check, string[] more, string answer)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = SendAsync(server, Encoding.Latin1.GetBytes(answer), cancellation);
        using var candor = Process.Start(new ProcessStartInfo(
            Repository.Program,
            ["check", .. string.Format(null, check, server.LocalEndpoint).Split(' '), .. more, "--allow", "127.0.0.0/8", "--timeout", "5s"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (said, complained) = (candor.StandardOutput.ReadToEndAsync(cancellation), candor.StandardError.ReadToEndAsync(cancellation));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Within);
        await candor.WaitForExitAsync(patience.Token);

        // 1 is a look that failed; 2 would be a command that was not understood, 134 and 139 a process that died.
        Assert.True(candor.ExitCode == 1, $"{what}: ended with {candor.ExitCode}\n{await said}\n{await complained}");
        Assert.DoesNotContain("   at Candor.", await said + await complained, StringComparison.Ordinal);
        server.Stop();
        await serving;
    }

    private static string Http(string body) => $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static string Repeat(string piece) => string.Concat(Enumerable.Repeat(piece, Many));

    /// <summary>The same to everybody who asks, until nobody does.</summary>
    private static async Task SendAsync(TcpListener server, byte[] answer, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                using var client = await server.AcceptTcpClientAsync(cancellation);
                var stream = client.GetStream();
                await stream.WriteAsync(answer, cancellation);
                client.Client.Shutdown(SocketShutdown.Send);
                _ = await stream.ReadAsync(new byte[4_096], cancellation);
            }
            catch (Exception enough) when (enough is IOException or InvalidOperationException and not ObjectDisposedException)
            {
                // It had enough, as it should.
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
