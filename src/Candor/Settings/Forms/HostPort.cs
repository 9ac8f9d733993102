using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Candor.Settings.Forms;

/// <summary>A host name or address with a port: <c>mx.example.com:25</c>, <c>10.0.0.11:5672</c>, <c>[2001:db8::1]:443</c>.</summary>
internal sealed record HostPort(string Host, int Port)
{
    private const string Remedy = "write host:port, such as mail.example.com:25 or [2001:db8::1]:25";

    public static string? Read(string text, out HostPort value)
    {
        value = new HostPort("", 0);
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535)
        {
            return Remedy;
        }

        var host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
            if (!IPAddress.TryParse(host, out var address) || address.AddressFamily is not AddressFamily.InterNetworkV6)
            {
                return Remedy;
            }
        }
        else if (!HostNames.IsHost(host) || host.Contains(':', StringComparison.Ordinal))
        {
            return Remedy;
        }

        value = new HostPort(host, port);
        return null;
    }

    /// <summary>The same with a port that need not be written.</summary>
    public static Form<HostPort> Or(int port) => (string text, out HostPort? value) =>
    {
        if (Read(text, out value) is null)
        {
            return null;
        }

        value = new HostPort(text, port);
        return HostNames.Read(text, out _) is null ? null : Remedy;
    };

    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
