using System.Net;

namespace Candor.Settings.Forms;

/// <summary>The address that a check looks at, where it is written as one and not as a name.</summary>
internal static class Targets
{
    public static IPAddress? AddressOf(string target)
    {
        var host = Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Host.Trim('[', ']')
            : HostPort.Read(target, out var at) is null ? at.Host
            : target;
        return IPAddress.TryParse(host, out var address) ? address : null;
    }
}
