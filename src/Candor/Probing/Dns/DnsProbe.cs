using System.Net;
using System.Text.Json;
using Candor.Effects.Dns;
using Candor.Effects;
using Candor.Settings.Forms;

namespace Candor.Probing.Dns;

/// <summary>
/// Asks one question. A server that the owner named is what is being checked, so its silence is evidence; the silence of
/// this machine's own resolvers is not.
/// </summary>
internal sealed class DnsProbe : IProbe
{
    private readonly DnsCheck check;
    private readonly ProbeTools tools;
    private readonly DnsClient client;
    private readonly HostPort? server;
    private readonly string name;

    private DnsProbe(DnsCheck check, ProbeTools tools)
    {
        (this.check, this.tools) = (check, tools);
        client = new(tools.Network, tools.Randomness);
        name = HostName.Read(check.Name, out var fault)?.Name ?? throw new JsonException(fault);
        server = check.Server is null ? null
            : HostPort.Read(check.Server, out var at) is { } remedy ? throw new JsonException(remedy) : at;
    }

    public static IProbe Open(DnsCheck check, ProbeTools tools) => new DnsProbe(check, tools);

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Attempt.RunAsync(tools.Time, timeout, AskAsync, cancellation);

    private async ValueTask<Finding> AskAsync(Attempt attempt)
    {
        IPEndPoint asked;
        if (server is { } named)
        {
            asked = new((await Dial.AddressesAsync(tools.Network, named.Host, attempt))[0], named.Port);
            attempt.Begin(Attempt.FirstByte);
        }
        else
        {
            attempt.Begin(Attempt.Dns);
            asked = tools.Names().Servers is [var first, ..]
                ? first
                : throw new FindingException(Finding.None("this machine has no resolver in /etc/resolv.conf"));
        }

        var reply = await ReplyAsync(asked, attempt);
        return Within.Judge(Judge(reply), check.Within, attempt);
    }

    private async ValueTask<DnsReply> ReplyAsync(IPEndPoint asked, Attempt attempt)
    {
        // A datagram may get lost; asking again after a third of the time tells loss from silence.
        for (var round = 0; ; round++)
        {
            using var patience = new CancellationTokenSource(round < 2 ? attempt.Timeout / 3 : Timeout.InfiniteTimeSpan, tools.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(attempt.Token, patience.Token);
            try
            {
                return await client.AskAsync(asked, name, check.Type, both.Token);
            }
            catch (OperationCanceledException) when (!attempt.Token.IsCancellationRequested && round < 2)
            {
                // Once more.
            }
            catch (Exception e) when (server is null && e is System.Net.Sockets.SocketException or InvalidDataException)
            {
                throw new FindingException(Finding.None($"our resolver {asked.Address} cannot be asked"));
            }
        }
    }

    private Finding Judge(DnsReply reply)
    {
        if (reply.Code is not (DnsCode.NoError or DnsCode.NoSuchName))
        {
            return server is null
                ? Finding.None($"our resolver answered {reply.CodeName}")
                : Finding.Bad($"answered {reply.CodeName}");
        }

        if (reply.Code == DnsCode.NoSuchName)
        {
            return Finding.Bad($"the name {name} does not exist");
        }

        var answers = reply.Answers.Where(a => a.Type == check.Type).Select(a => a.Value).ToList();
        if (answers.Count == 0)
        {
            return Finding.Bad($"{name} has no {check.Type} record");
        }

        foreach (var expected in check.Answers.OrEmpty())
        {
            if (!answers.Contains(expected.TrimEnd('.'), StringComparer.OrdinalIgnoreCase)
                && !answers.Contains(expected, StringComparer.OrdinalIgnoreCase))
            {
                return Finding.Bad($"answered {string.Join(", ", answers.Take(3))}, without “{expected}”");
            }
        }

        return Finding.Good;
    }
}
