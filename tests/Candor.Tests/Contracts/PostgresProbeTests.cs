using System.Buffers.Binary;
using System.Text;
using Candor.Judging;
using Candor.Probing.Postgres;

namespace Candor.Tests.Contracts;

public class PostgresProbeTests
{
    [Theory]
    [InlineData('R', "\0\0\0\n", "Good", "")]
    [InlineData('E', "SFATAL\0C28000\0Mno pg_hba.conf entry\0\0", "Good", "")]
    [InlineData('E', "SFATAL\0C57P03\0Mstarting up\0\0", "Bad", "is starting up or shutting down")]
    [InlineData('E', "SFATAL\0C53300\0Mtoo many clients\0\0", "Bad", "has no connection left")]
    [InlineData('E', "C3D000\0\0", "Bad", "has no such database")]
    [InlineData('E', "CXX\u0001\0\0", "Bad", "refuses connections (?)")]
    [InlineData('E', "no end", "Bad", "refuses connections ()")]
    [InlineData('H', "TTP/1.1 400", "Bad", "its answer is not PostgreSQL")]
    public async Task What_the_server_answers_is_told(char kind, string body, string reading, string reason)
    {
        byte[]? asked = null;
        await using var server = new LocalListener(async (stream, cancellation) =>
        {
            asked = new byte[PostgresProbe.Startup("orders").Length];
            await stream.ReadExactlyAsync(asked, cancellation);
            var reply = new byte[5 + body.Length];
            reply[0] = (byte)kind;
            BinaryPrimitives.WriteInt32BigEndian(reply.AsSpan(1), 4 + body.Length);
            Encoding.Latin1.GetBytes(body).CopyTo(reply, 5);
            await stream.WriteAsync(reply, cancellation);
        });
        var seen = await Looking.LookAsync($"postgres: 127.0.0.1:{server.Port}\ndatabase: orders");
        Assert.Equal((reading, reason), (seen.Reading.ToString(), seen.Reason));
        Assert.Equal(PostgresProbe.Startup("orders"), asked);
        Assert.Equal(["dns", "connect", "greeting"], seen.Phases.Select(p => p.Name));
    }

    [Fact]
    public async Task What_speaks_another_protocol_is_bad()
    {
        await using var server = new LocalListener(async (stream, cancellation) =>
            await stream.WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), cancellation));
        var seen = await Looking.LookAsync($"postgres: 127.0.0.1:{server.Port}");
        Assert.Equal((Reading.Bad, "its answer is not PostgreSQL"), (seen.Reading, seen.Reason));
    }
}
