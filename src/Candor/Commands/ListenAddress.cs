using System.Net;

namespace Candor.Commands;

/// <summary>Where a listener listens: <c>http://127.0.0.1:8080</c>, <c>http://*:8080</c>, <c>http://[::1]:0</c>.</summary>
/// <param name="Address">Null: every address of this machine.</param>
/// <param name="Port">0: any free one.</param>
internal sealed record ListenAddress(IPAddress? Address, int Port)
{
    public static ListenAddress Read(string option, string text)
    {
        // Uri refuses the stars that everybody writes for "all addresses".
        var spelt = text.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(spelt, UriKind.Absolute, out var url) || url.PathAndQuery != "/")
        {
            throw Wrong(option, $"'{text}' is not an address to listen on");
        }

        if (url.Scheme != Uri.UriSchemeHttp)
        {
            throw new CommandFault(
                $"{option}: '{text}': Candor speaks plain HTTP and leaves TLS to the proxy before it.",
                $"{option} http://127.0.0.1:8080, with nginx, Caddy or the like in front.",
                Exit.WrongUsage);
        }

        return url.Host switch
        {
            "0.0.0.0" or "[::]" => new(null, url.Port),
            "localhost" => new(IPAddress.Loopback, url.Port),
            var host when IPAddress.TryParse(host.Trim('[', ']'), out var address) => new(address, url.Port),
            _ => throw Wrong(option, $"'{url.Host}' is a name; an address of this machine is needed"),
        };
    }

    private static CommandFault Wrong(string option, string what) =>
        new($"{option}: {what}.", $"{option} http://127.0.0.1:8080, or http://0.0.0.0:8080 for every address.", Exit.WrongUsage);

    public override string ToString() => $"port {Port} of {Address?.ToString() ?? "this machine"}";
}
