using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace Candor.Effects.Dns;

/// <summary>What this machine's files say about names: resolvers, search list, hosts. Reading is pure; the text comes from outside.</summary>
internal sealed record ResolverFiles(
    ImmutableArray<IPEndPoint> Servers,
    ImmutableArray<string> Search,
    int Dots,
    ImmutableDictionary<string, ImmutableArray<IPAddress>> Hosts)
{
    private const int DnsPort = 53;
    private const int ServersMax = 3; // as glibc has it
    private const int SearchMax = 6;

    public static readonly ResolverFiles Empty =
        new([], [], 1, ImmutableDictionary<string, ImmutableArray<IPAddress>>.Empty);

    public static ResolverFiles Read(string resolvConf, string hosts)
    {
        var servers = ImmutableArray.CreateBuilder<IPEndPoint>();
        var search = ImmutableArray<string>.Empty;
        var dots = 1;
        foreach (var words in Lines(resolvConf, "#;"))
        {
            if (words is ["nameserver", var address, ..] && IPAddress.TryParse(address, out var ip) && servers.Count < ServersMax)
            {
                servers.Add(new(ip, DnsPort));
            }
            else if (words is ["search" or "domain", ..])
            {
                search = [.. words.Skip(1).Take(SearchMax).Select(w => w.Trim('.').ToLowerInvariant()).Where(w => w.Length > 0)];
            }
            else if (words is ["options", ..]
                && words.FirstOrDefault(w => w.StartsWith("ndots:", StringComparison.Ordinal)) is { } option
                && int.TryParse(option.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var n))
            {
                dots = Math.Min(n, 15);
            }
        }

        return new(servers.ToImmutable(), search, dots, ReadHosts(hosts));
    }

    private static ImmutableDictionary<string, ImmutableArray<IPAddress>> ReadHosts(string text)
    {
        var hosts = new Dictionary<string, List<IPAddress>>(StringComparer.OrdinalIgnoreCase);
        foreach (var words in Lines(text, "#"))
        {
            if (!IPAddress.TryParse(words[0], out var address))
            {
                continue;
            }

            foreach (var name in words.Skip(1))
            {
                (hosts.TryGetValue(name, out var known) ? known : hosts[name] = []).Add(address);
            }
        }

        return hosts.ToImmutableDictionary(
            h => h.Key, h => h.Value.ToImmutableArray(), StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string[]> Lines(string text, string comments)
    {
        foreach (var line in text.Split('\n'))
        {
            var cut = line.IndexOfAny(comments.ToCharArray());
            var words = (cut < 0 ? line : line[..cut])
                .Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                yield return words;
            }
        }
    }
}
