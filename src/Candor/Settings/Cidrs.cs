using System.Globalization;
using System.Net;

namespace Candor.Settings;

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

        // "10.0.0.1/8" is more likely a slip than a wish for all of 10.0.0.0/8.
        return IPNetwork.TryParse(text, out value) ? null : Remedy(text);
    }

    private static string Remedy(string text)
    {
        if (text.Split('/') is [var host, var bits]
            && IPAddress.TryParse(host, out var address)
            && int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length >= 0 && length <= address.GetAddressBytes().Length * 8)
        {
            return $"write the first address of the network: {First(address, length)}/{length}";
        }

        return "write a network such as 10.0.0.0/8, 192.168.1.10 or fd00::/8";
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
