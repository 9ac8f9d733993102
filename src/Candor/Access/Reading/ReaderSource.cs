using System.Collections.Immutable;
using System.Net;

namespace Candor.Access.Reading;

/// <summary>
/// Where a reader comes from, as far as an audience may rest on it: the socket's own address, or what a proxy says that the
/// owner has named. Pure.
/// </summary>
internal static class ReaderSource
{
    private const string Forwarded = "X-Forwarded-For";
    private const int HopsMax = 16;

    /// <summary>Null where nobody can say.</summary>
    public static IPAddress? Of(HttpContext context, ImmutableArray<IPNetwork> proxies)
    {
        if (Plain(context.Connection.RemoteIpAddress) is not { } socket)
        {
            return null;
        }

        var said = context.Request.Headers[Forwarded];
        if (!IsIn(proxies, socket))
        {
            // A proxy on this machine that nobody named would make everybody a reader from here.
            return IPAddress.IsLoopback(socket) && said.Count > 0 ? null : socket;
        }

        // From the nearest hop back: the first that is none of our proxies is as far as their word goes.
        foreach (var hop in string.Join(',', said.ToArray()).Split(',').Reverse().Take(HopsMax))
        {
            if (!IPAddress.TryParse(hop.Trim(), out var parsed) || Plain(parsed) is not { } address)
            {
                return null;
            }

            if (!IsIn(proxies, address))
            {
                return address;
            }
        }

        return null;
    }

    public static bool IsIn(ImmutableArray<IPNetwork> networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
