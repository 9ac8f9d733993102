using System.Net;
using System.Net.Sockets;

namespace Candor.Access;

/// <summary>Where a request came from, by its connection alone: what it says of itself in headers is anybody's word.</summary>
internal static class Source
{
    /// <summary>One IPv4 address, or the /64 that one IPv6 host can choose from.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "?";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPNetwork(new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]), 64).ToString()
            : address.ToString();
    }
}
