using System.Globalization;
using System.Net;

namespace Candor.Settings.Forms;

/// <summary>Networks as address/length; a single address stands for itself.</summary>
internal static class Cidrs
{
    public static string? Read(string text, out IPNetwork value)
    {
        value = default;
        if (text.Length <= 64 && IPAddress.TryParse(text, out var address) && address.ToString() == text)
        {
            value = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return null;
        }

        if (text.Length > 64 || text.Split('/') is not [var host, var bits]
            || !IPAddress.TryParse(host, out address) || address.ToString() != host
            || !int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > address.GetAddressBytes().Length * 8)
        {
            return "write a network such as 10.0.0.0/8, 192.168.1.10 or fd00::/8";
        }

        // "10.1.2.3/8" is more likely a slip than a wish for all of 10.0.0.0/8.
        var first = First(address, length);
        value = new IPNetwork(first, length);
        return first.Equals(address) ? null : $"write the first address of the network: {first}/{length}";
    }

    private static IPAddress First(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPAddress(bytes);
    }
}
