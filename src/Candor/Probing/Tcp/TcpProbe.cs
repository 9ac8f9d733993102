using System.Text.Json;
using System.Text;
using Candor.Settings.Forms;

namespace Candor.Probing.Tcp;

/// <summary>Connects; says and hears something where the owner wants that.</summary>
internal sealed class TcpProbe(TcpCheck check, ProbeTools tools, HostPort at) : IProbe
{
    private const int AnswerBytesMax = 64 * 1024;

    public static IProbe Open(TcpCheck check, ProbeTools tools) =>
        new TcpProbe(check, tools, HostPort.Read(check.Address, out var at) is { } remedy ? throw new JsonException(remedy) : at);

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Attempt.RunAsync(tools.Time, timeout, TalkAsync, cancellation);

    private async ValueTask<Finding> TalkAsync(Attempt attempt)
    {
        await using var stream = await Dial.OpenAsync(tools.Network, at.Host, at.Port, attempt);
        if (check.Send is { } send)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(send), attempt.Token);
        }

        var finding = check.Text is null ? Finding.Good : await HearAsync(stream, Encoding.UTF8.GetBytes(check.Text), attempt);
        return Within.Judge(finding, check.Within, attempt);
    }

    private async ValueTask<Finding> HearAsync(Stream stream, byte[] expected, Attempt attempt)
    {
        attempt.Begin(Attempt.FirstByte);
        var heard = new byte[Math.Max(4_096, expected.Length)];
        for (var length = 0; ;)
        {
            var read = await stream.ReadAsync(heard.AsMemory(length), attempt.Token);
            length += read;
            if (heard.AsSpan(0, length).IndexOf(expected) >= 0)
            {
                return Finding.Good;
            }

            if (read == 0)
            {
                return Finding.Bad($"closed without saying “{check.Text}”");
            }

            if (length == heard.Length)
            {
                if (length >= AnswerBytesMax)
                {
                    return Finding.Bad($"said 64 KiB without “{check.Text}”");
                }

                Array.Resize(ref heard, length * 2);
            }
        }
    }
}
