using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Candor.Effects;

/// <summary>What an address is, whatever form it is written in. Pure: no settings, no sockets.</summary>
internal static class AddressRules
{
    // The order matters only for the sentence: the first rule that matches is named.
    private static readonly (IPNetwork Network, string Rule)[] Restricted =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "this network (0.0.0.0/8)"),
        (IPNetwork.Parse("10.0.0.0/8"), "private (10.0.0.0/8)"),
        (IPNetwork.Parse("100.64.0.0/10"), "carrier-grade NAT (100.64.0.0/10)"),
        (IPNetwork.Parse("127.0.0.0/8"), "this machine (127.0.0.0/8)"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local (169.254.0.0/16)"),
        (IPNetwork.Parse("172.16.0.0/12"), "private (172.16.0.0/12)"),
        (IPNetwork.Parse("192.0.0.0/24"), "protocol assignments (192.0.0.0/24)"),
        (IPNetwork.Parse("192.168.0.0/16"), "private (192.168.0.0/16)"),
        (IPNetwork.Parse("198.18.0.0/15"), "benchmarking (198.18.0.0/15)"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast (224.0.0.0/4)"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved (240.0.0.0/4)"),
        (IPNetwork.Parse("::/128"), "unspecified (::)"),
        (IPNetwork.Parse("::1/128"), "this machine (::1)"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "local NAT64 (64:ff9b:1::/48)"),
        (IPNetwork.Parse("fc00::/7"), "private (fc00::/7)"),
        (IPNetwork.Parse("fe80::/10"), "link-local (fe80::/10)"),
        (IPNetwork.Parse("fec0::/10"), "site-local (fec0::/10)"),
        (IPNetwork.Parse("ff00::/8"), "multicast (ff00::/8)"),
    ];

    // Addresses at which clouds hand out credentials to whoever asks.
    private static readonly HashSet<IPAddress> Metadata =
    [
        IPAddress.Parse("169.254.169.254"), // AWS, Google Cloud, Azure, DigitalOcean, OpenStack
        IPAddress.Parse("169.254.170.2"), // AWS containers
        IPAddress.Parse("169.254.170.23"), // AWS pod identity
        IPAddress.Parse("169.254.0.23"), // Tencent
        IPAddress.Parse("192.0.0.192"), // Oracle
        IPAddress.Parse("100.100.100.200"), // Alibaba
        IPAddress.Parse("168.63.129.16"), // Azure wire server: a public address
        IPAddress.Parse("fd00:ec2::254"), // AWS over IPv6
        IPAddress.Parse("fd00:ec2::23"), // AWS pod identity over IPv6
        IPAddress.Parse("fd20:ce::254"), // Google Cloud over IPv6
    ];

    /// <summary>The strictest rule that the address, or any IPv4 address carried inside it, falls under.</summary>
    public static AddressClass Classify(IPAddress address)
    {
        var plain = WithoutZone(address);
        Span<IPAddress> forms = new IPAddress[4];
        var count = Forms(plain, forms);
        forms = forms[..count];
        foreach (var form in forms)
        {
            if (Metadata.Contains(form))
            {
                return new(AddressKind.Metadata, $"cloud metadata ({form})", form);
            }
        }

        foreach (var form in forms)
        {
            foreach (var (network, rule) in Restricted)
            {
                if (network.Contains(form))
                {
                    return new(AddressKind.Restricted, rule, form);
                }
            }
        }

        return new(AddressKind.Public, "public", plain);
    }

    /// <summary>True when every restricted form of the address lies in an allowed network. Metadata never is.</summary>
    public static bool IsAllowed(IPAddress address, IReadOnlyList<IPNetwork> allowed)
    {
        var plain = WithoutZone(address);
        Span<IPAddress> forms = new IPAddress[4];
        foreach (var form in forms[..Forms(plain, forms)])
        {
            if (Metadata.Contains(form))
            {
                return false;
            }

            // A carrier form such as 64:ff9b::10.0.0.1 is judged by what it carries, so it need not be listed itself.
            if (IsRestricted(form) && !Any(allowed, form))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsRestricted(IPAddress form)
    {
        foreach (var (network, _) in Restricted)
        {
            if (network.Contains(form))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Any(IReadOnlyList<IPNetwork> networks, IPAddress form)
    {
        for (var i = 0; i < networks.Count; i++)
        {
            if (networks[i].Contains(form))
            {
                return true;
            }
        }

        return false;
    }

    private static IPAddress WithoutZone(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0
            ? new IPAddress(address.GetAddressBytes())
            : address;

    /// <summary>The address itself (or what a pure IPv4 carrier stands for), then every IPv4 address inside it.</summary>
    private static int Forms(IPAddress address, Span<IPAddress> into)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            into[0] = address;
            return 1;
        }

        Span<byte> b = stackalloc byte[16];
        address.TryWriteBytes(b, out _);
        var head = BinaryPrimitives.ReadUInt64BigEndian(b);
        var middle = BinaryPrimitives.ReadUInt32BigEndian(b[8..]);
        var tail = BinaryPrimitives.ReadUInt32BigEndian(b[12..]);

        // ::ffff:a.b.c.d (mapped) and ::a.b.c.d (compatible) are IPv4 in another spelling; :: and ::1 are not.
        if (head == 0 && (middle == 0xFFFF || (middle == 0 && tail > 1)))
        {
            into[0] = V4(b[12..]);
            return 1;
        }

        into[0] = address;
        var count = 1;
        if ((head == 0x0064_FF9B_0000_0000 && middle == 0) || (head == 0 && middle == 0xFFFF_0000))
        {
            into[count++] = V4(b[12..]); // NAT64, and the translated form ::ffff:0:a.b.c.d
        }
        else if (head >> 16 == 0x0064_FF9B_0001)
        {
            into[count++] = V4(b[12..]); // local NAT64 with a /96 prefix
            into[count++] = V4([b[6], b[7], b[9], b[10]]); // and with its /48 prefix, RFC 6052 §2.2
        }
        else if (head >> 48 == 0x2002)
        {
            into[count++] = V4(b[2..]); // 6to4
        }
        else if (head >> 32 == 0x2001_0000)
        {
            into[count++] = V4(b[4..]); // Teredo: the server
            into[count++] = V4([(byte)~b[12], (byte)~b[13], (byte)~b[14], (byte)~b[15]]); // and the client, inverted
        }

        if ((middle & 0xFCFF_FFFF) == 0x0000_5EFE)
        {
            into[count++] = V4(b[12..]); // ISATAP, under any prefix; u and g bits may be set
        }

        return count;
    }

    private static IPAddress V4(ReadOnlySpan<byte> bytes) => new(bytes[..4]);
}

internal enum AddressKind
{
    /// <summary>Anybody's address.</summary>
    Public,

    /// <summary>Private, local or special: only where the settings allow it.</summary>
    Restricted,

    /// <summary>Hands out cloud credentials: never.</summary>
    Metadata,
}

/// <summary>A class, the rule that decided it in words, and the form of the address that the rule matched.</summary>
internal readonly record struct AddressClass(AddressKind Kind, string Rule, IPAddress Matched);
