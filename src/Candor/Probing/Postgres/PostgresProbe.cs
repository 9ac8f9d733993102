using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Candor.Settings.Forms;

namespace Candor.Probing.Postgres;

/// <summary>
/// Greets the server as a client would and hears whether it would let somebody in, without logging in. Being asked for
/// a password, or told that this client may not connect, shows a server that takes connections.
/// </summary>
internal sealed class PostgresProbe(PostgresCheck check, ProbeTools tools, HostPort at) : IProbe
{
    private const int Protocol3 = 3 << 16;
    private const int ReplyBytesMax = 16 * 1024;
    private const string Greeting = "greeting";

    public static IProbe Open(PostgresCheck check, ProbeTools tools) => new PostgresProbe(
        check, tools, HostPort.Read(check.Address, out var at) is { } remedy ? throw new JsonException(remedy) : at);

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Attempt.RunAsync(tools.Time, timeout, GreetAsync, cancellation);

    /// <summary>The startup message: length, protocol 3.0, pairs of names and values.</summary>
    internal static byte[] Startup(string database)
    {
        var pairs = Encoding.UTF8.GetBytes($"user\0candor\0database\0{database}\0application_name\0candor\0\0");
        var message = new byte[8 + pairs.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), Protocol3);
        pairs.CopyTo(message, 8);
        return message;
    }

    private async ValueTask<Finding> GreetAsync(Attempt attempt)
    {
        await using var stream = await Dial.OpenAsync(tools.Network, at.Host, at.Port, attempt);
        attempt.Begin(Greeting);
        await stream.WriteAsync(Startup(check.Database), attempt.Token);
        var head = new byte[5];
        await stream.ReadExactlyAsync(head, attempt.Token);
        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4;
        if (length is < 0 or > ReplyBytesMax)
        {
            return Finding.Bad("its answer is not PostgreSQL");
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, attempt.Token);
        return Within.Judge(Judge((char)head[0], body), check.Within, attempt);
    }

    private static Finding Judge(char kind, byte[] body) => kind switch
    {
        'R' or 'v' => Finding.Good,
        'E' => Refused(Field(body, 'C')),
        _ => Finding.Bad("its answer is not PostgreSQL"),
    };

    /// <summary>SQLSTATE codes (PostgreSQL manual, appendix A). Class 28 is about who we are, 3D about the name we gave.</summary>
    private static Finding Refused(string code) => code switch
    {
        _ when code.StartsWith("28", StringComparison.Ordinal) => Finding.Good,
        "57P03" => Finding.Bad("is starting up or shutting down"),
        "53300" => Finding.Bad("has no connection left"),
        "3D000" => Finding.Bad("has no such database"),
        _ => Finding.Bad($"refuses connections ({(code.All(char.IsAsciiLetterOrDigit) ? code : "?")})"),
    };

    /// <summary>An error is a list of fields: a letter, a text, a zero.</summary>
    private static string Field(ReadOnlySpan<byte> body, char wanted)
    {
        while (body.Length > 1 && body[0] != 0)
        {
            var end = body.IndexOf((byte)0);
            if (end < 0)
            {
                break;
            }

            if (body[0] == wanted)
            {
                return Encoding.ASCII.GetString(body[1..end]);
            }

            body = body[(end + 1)..];
        }

        return "";
    }
}
