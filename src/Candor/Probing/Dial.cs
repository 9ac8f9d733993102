using System.Net;
using System.Net.Sockets;
using Candor.Effects;

namespace Candor.Probing;

/// <summary>From a name and a port to an open stream, in two phases: dns, connect.</summary>
internal static class Dial
{
    /// <summary>Tries the addresses in order and ends the look with a finding where none can be had.</summary>
    public static async ValueTask<Stream> OpenAsync(INetwork network, string host, int port, Attempt attempt)
    {
        var addresses = await AddressesAsync(network, host, attempt);
        attempt.Begin(Attempt.Connect);
        SocketException? theirs = null;
        for (var i = 0; ; i++)
        {
            var isLast = i + 1 == addresses.Count;
            try
            {
                return isLast
                    ? await network.ConnectAsync(new(addresses[i], port), attempt.Token)
                    : await BrieflyAsync(network, new(addresses[i], port), attempt);
            }
            catch (SocketException e)
            {
                // A machine without IPv6 has no route to half of the addresses; what the other half did is the evidence.
                theirs ??= IsOurs(e) ? null : e;
                if (isLast)
                {
                    throw theirs ?? e;
                }
            }
        }
    }

    public static async ValueTask<IReadOnlyList<IPAddress>> AddressesAsync(INetwork network, string host, Attempt attempt)
    {
        attempt.Begin(Attempt.Dns);
        var found = await network.ResolveAsync(host, attempt.Token);
        if (found.Allowed.Count > 0)
        {
            return found.Allowed;
        }

        throw new FindingException(found.Answer switch
        {
            NameAnswer.NoSuchName or NameAnswer.NoAddress => Finding.Bad(found.Reason),
            _ => Finding.None(found.Reason),
        });
    }

    /// <summary>An address that swallows packets may use a third of the time, so that the next one gets its chance.</summary>
    private static async ValueTask<Stream> BrieflyAsync(INetwork network, IPEndPoint endpoint, Attempt attempt)
    {
        using var brief = new CancellationTokenSource(attempt.Timeout / 3, attempt.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(brief.Token, attempt.Token);
        try
        {
            return await network.ConnectAsync(endpoint, both.Token);
        }
        catch (OperationCanceledException) when (!attempt.Token.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    private static bool IsOurs(SocketException fault) => fault.SocketErrorCode is not (SocketError.ConnectionRefused
        or SocketError.ConnectionReset or SocketError.TimedOut or SocketError.HostUnreachable or SocketError.HostDown);
}
