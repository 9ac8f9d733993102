namespace Candor.SystemTests.Readers;

public sealed class SlowReadersTests
{
    private static readonly int HalfHeaders = Herd.Sized(5_000, 500);
    private static readonly int SlowBodies = Herd.Sized(2_000, 200);
    private static readonly int NonReaders = Herd.Sized(1_000, 100);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P_22_Slow_and_silent_readers_are_reaped_and_the_others_do_not_notice()
    {
        await using var candor = await CandorProcess.StartAsync("page: { name: Heron Copier }", Cancellation);
        var (before, _) = await Herd.ReadAsync(candor.Address, 500, TimeSpan.FromSeconds(2), 20, Cancellation);
        var readers = new List<RawReader>();
        try
        {
            for (var i = 0; i < HalfHeaders; i++)
            {
                readers.Add(await OpenAsync(candor.Address, "GET / HTTP/1.1\r\nHost: status.test\r\nX-Half: "));
            }

            for (var i = 0; i < SlowBodies; i++)
            {
                readers.Add(await OpenAsync(
                    candor.Address, "POST /api/v2/subscribers.json HTTP/1.1\r\nHost: status.test\r\nContent-Length: 200000\r\n\r\n{"));
            }

            for (var i = 0; i < NonReaders; i++)
            {
                var pipelined = string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\nHost: status.test\r\n\r\n", 40));
                readers.Add(await OpenAsync(candor.Address, pipelined, receiveBuffer: 4096));
            }

            var (during, errors) = await Herd.ReadAsync(candor.Address, 1_000, TimeSpan.FromSeconds(10), 20, Cancellation);
            Assert.Equal(0, errors);
            Assert.InRange(during, 0, Math.Max(2 * before, Herd.IsFull ? 20 : 1_000));

            // Ten of the fifteen seconds are over. Descriptors: all but the reserve is what readers may have taken.
            await Task.Delay(TimeSpan.FromSeconds(5), Cancellation);
            var closed = await Task.WhenAll(readers.Select(reader => reader.ClosesWithinAsync(TimeSpan.FromSeconds(5), Cancellation)));
            Assert.Equal(0, closed.Count(isClosed => !isClosed));
            var open = Directory.GetFiles($"/proc/{candor.Id}/fd").Length;
            Assert.InRange(open, 1, 400);
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    [Fact]
    public async Task SEC_19_The_real_server_knows_one_spelling_of_each_page()
    {
        string[] targets =
        [
            "/../../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%5c..%5ccandor.yaml",
            "/assets/../status.json", "/incidents/..", "//evil.test/", "/%2f/evil.test/", "/.", "/%2e", "/%73tatus.json",
        ];
        await using var candor = await CandorProcess.StartAsync("page: { name: Heron Copier }", Cancellation);
        foreach (var target in targets)
        {
            using var reader = await OpenAsync(
                candor.Address, $"GET {target} HTTP/1.1\r\nHost: status.test\r\nConnection: close\r\n\r\n");
            var answer = await reader.ReadAsync(Cancellation) ?? "";
            Assert.True(answer.StartsWith("HTTP/1.1 404 ", StringComparison.Ordinal), $"{target}: {answer}");
            Assert.DoesNotContain("Location:", answer, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task<RawReader> OpenAsync(Uri address, string text, int? receiveBuffer = null)
    {
        var reader = await RawReader.OpenAsync(address, Cancellation, receiveBuffer);
        await reader.SendAsync(text, Cancellation);
        return reader;
    }
}
