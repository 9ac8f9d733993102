using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Candor.Effects.Dns;

namespace Candor.Effects;

/// <summary>This machine's view of the network: resolver files (read again when they change) and the default gateway.</summary>
internal sealed class SystemNames(TimeProvider time, string resolvConf = "/etc/resolv.conf", string hosts = "/etc/hosts")
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private ResolverFiles files = ResolverFiles.Empty;
    private long lookedAt;
    private bool looked;

    public ResolverFiles Files()
    {
        lock (gate)
        {
            if (!looked || time.GetElapsedTime(lookedAt) > LookAgainAfter)
            {
                files = ResolverFiles.Read(Text(resolvConf), Text(hosts));
                (looked, lookedAt) = (true, time.GetTimestamp());
            }

            return files;
        }
    }

    /// <summary>The gateways of the default routes, from the kernel's table; empty where there is none.</summary>
    public static ImmutableArray<IPAddress> Gateways(string route = "/proc/net/route") => ReadGateways(Text(route));

    /// <summary>Destination 00000000 marks a default route; addresses are in the machine's byte order, in hex.</summary>
    internal static ImmutableArray<IPAddress> ReadGateways(string table)
    {
        var found = ImmutableArray.CreateBuilder<IPAddress>();
        foreach (var line in table.Split('\n').Skip(1))
        {
            var columns = line.Split('\t', StringSplitOptions.TrimEntries);
            if (columns.Length > 3 && columns[1] == "00000000"
                && uint.TryParse(columns[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var gateway)
                && gateway != 0)
            {
                found.Add(new IPAddress(gateway));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The rules for this machine: its own gateways and resolvers are neighbours.</summary>
    public EgressRules Rules(ImmutableArray<IPNetwork> allow) =>
        new(allow, [.. Files().Servers.Select(s => s.Address), .. Gateways()]);

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
