using System.Globalization;
using System.Net;

namespace Candor.Tests.Effects;

/// <summary>Forbidden addresses in every spelling that reaches them.</summary>
internal static class AddressSpellings
{
    private static readonly string[] Four =
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.8.9.10",
        "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.254", "192.0.0.8", "192.168.1.1",
        "198.18.0.1", "198.19.255.255", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    ];

    private static readonly string[] Six =
    [
        "::", "0:0:0:0:0:0:0:0", "::1", "0:0:0:0:0:0:0:1", "::0001", "[::1]", "fc00::1", "fd00::1", "FD00:EC2::254",
        "fd00:ec2:0:0:0:0:0:254", "fdff:ffff::1", "fe80::1", "fe80::1%1", "febf::1", "fec0::1", "ff00::1", "ff02::1",
        "ff0e::1", "64:ff9b:1::", "64:ff9b:1:ffff::1",
    ];

    private static readonly string[] Names =
    [
        "localhost", "LOCALHOST", "localhost.", "a.localhost", "ｌｏｃａｌｈｏｓｔ", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "127.1", "127.0.1", "0", "0x0",
        "127.0.0.1.", "①②⑦.⓪.⓪.①", "１２７．０．０．１", "127。0。0。1", "0177.1", "0x7f.1", "10.1", "192.168.257", "017700000001",
    ];

    public static IEnumerable<string> All => Four.SelectMany(Forms).Concat(Six).Concat(Names).Distinct();

    private static IEnumerable<string> Forms(string dotted)
    {
        var b = IPAddress.Parse(dotted).GetAddressBytes();
        var number = ((uint)b[0] << 24) | ((uint)b[1] << 16) | ((uint)b[2] << 8) | b[3];
        var hex = $"{b[0]:x2}{b[1]:x2}:{b[2]:x2}{b[3]:x2}";
        yield return dotted;
        yield return $" {dotted} ";
        yield return dotted + ".";
        yield return number.ToString(CultureInfo.InvariantCulture);
        yield return $"0x{number:x8}";
        yield return $"0X{number:X8}";
        yield return string.Join('.', b.Select(x => $"0x{x:x}"));
        yield return string.Join('.', b.Select(x => "0" + Convert.ToString(x, 8)));
        yield return $"{b[0]}.0x{b[1]:x}.0{Convert.ToString(b[2], 8)}.{b[3]}";
        yield return $"{b[0]}.{number & 0xFFFFFF}";
        yield return $"{b[0]}.{b[1]}.{number & 0xFFFF}";
        yield return new string([.. dotted.Select(c => c == '.' ? '．' : (char)(c - '0' + '０'))]);
        yield return $"::ffff:{dotted}";
        yield return $"[::ffff:{hex}]";
        yield return $"0:0:0:0:0:ffff:{hex}";
        yield return $"64:ff9b::{dotted}";
        yield return $"64:ff9b::{hex}";
        yield return $"64:ff9b:1::{dotted}";
        yield return $"2002:{hex}::1";
        yield return $"2001:0:{hex}::";
        yield return $"2001:0:808:808::{(byte)~b[0]:x2}{(byte)~b[1]:x2}:{(byte)~b[2]:x2}{(byte)~b[3]:x2}";
        yield return $"2a00:1450::5efe:{hex}";
        yield return $"2a00:1450::200:5efe:{hex}";
        yield return $"::ffff:0:{hex}";
    }
}
