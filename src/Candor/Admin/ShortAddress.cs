using System.Net;
using System.Net.Sockets;

namespace Candor.Admin;

/// <summary>
/// Where somebody acted from, as much of it as the journal may keep for ever: the network, never the one connection. A
/// whole address is personal, and the journal cannot forget. Pure.
/// </summary>
internal static class ShortAddress
{
    public static string? Of(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var kept = plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(kept).Clear();
        return IPAddress.IsLoopback(plain) ? plain.ToString() : $"{new IPAddress(bytes)}/{kept * 8}";
    }

    /// <summary>The same for an address that was written down before.</summary>
    public static string? Of(string? address) =>
        IPAddress.TryParse(address?.Split('/')[0], out var read) ? Of(read) : null;
}
