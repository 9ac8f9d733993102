using System.Text;
using Candor.Judging;
using Candor.Probing;

namespace Candor.Tests.Contracts;

/// <summary>Answers made to exhaust whoever reads them. Memory is measured on the real executable elsewhere.</summary>
public class BombTests
{
    private const double Deadline = 1;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task P_11_A_compressed_bomb_is_put_down_early(string encoding)
    {
        await using var server = Bombs.Compressed(encoding);
        var seen = await LookAsync($"http: {server.Http}/\nexpect: {{ body: never }}");
        Assert.Equal(Reading.Bad, seen.Reading);
        Assert.Matches("unfolds to more than 200 times its size|larger than 1024 KiB|cannot be read", seen.Reason);
        Assert.True(seen.Took < TimeSpan.FromSeconds(Deadline), seen.Took.ToString());
    }

    [Theory]
    [InlineData("drip", "timed out after 1 s while sending its answer")]
    [InlineData("headers", "its headers are larger than 64 KiB")]
    [InlineData("slow headers", "timed out after 1 s")]
    [InlineData("chunked", "the answer is larger than 1024 KiB")]
    [InlineData("chunk header", "its answer")]
    [InlineData("interim", "timed out after 1 s")]
    [InlineData("silence", "timed out after 1 s")]
    public async Task P_11_An_answer_without_end_ends_at_the_deadline(string kind, string reason)
    {
        var late = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 3 && late > TimeSpan.FromMilliseconds(100); attempt++)
        {
            await using var server = Bombs.Endless(kind);
            var seen = await LookAsync($"http: {server.Http}/\nexpect: {{ body: never }}");
            Assert.Equal(Reading.Bad, seen.Reading);
            Assert.Contains(reason, seen.Reason, StringComparison.Ordinal);
            late = seen.Took - TimeSpan.FromSeconds(Deadline);
        }

        // Three tries: the machine that runs this has other things to do as well.
        Assert.True(late <= TimeSpan.FromMilliseconds(100), late.ToString());
    }

    [Fact]
    public async Task P_11_A_handshake_that_never_ends_is_given_up()
    {
        await using var server = new LocalListener(async (stream, cancellation) =>
        {
            await stream.WriteAsync(new byte[] { 0x16, 0x03, 0x03, 0x3F, 0xFF }, cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        var seen = await LookAsync($"tls: 127.0.0.1:{server.Port}");
        Assert.Equal((Reading.Bad, "timed out after 1 s in the TLS handshake"), (seen.Reading, seen.Reason));
    }

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{\"a\":", 100_000)]
    public async Task SEC_38_Json_nested_beyond_reason_is_refused(string opening, int depth)
    {
        await using var server = LocalListener.Answering("HTTP/1.1 200 OK", new StringBuilder().Insert(0, opening, depth).ToString());
        var seen = await LookAsync($"http: {server.Http}/\nexpect: {{ json: {{ a: b }} }}");
        Assert.Equal((Reading.Bad, "body is not JSON, or nested too deeply"), (seen.Reading, seen.Reason));
    }

    private static Task<Finding> LookAsync(string yaml) => Looking.LookAsync(yaml, Deadline);
}
