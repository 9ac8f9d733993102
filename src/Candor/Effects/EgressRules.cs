using System.Collections.Immutable;
using System.Net;

namespace Candor.Effects;

/// <summary>What the guard lets out beyond the public Internet. Metadata addresses are refused whatever is written here.</summary>
/// <param name="Allow">Restricted networks that may be connected to: <c>egress: { allow: [10.0.0.0/8] }</c>.</param>
/// <param name="Neighbours">
/// This machine's own gateway and resolvers. They may be pinged and asked on port 53 without being allowed, because
/// nothing could be resolved, and blindness not be noticed, otherwise.
/// </param>
internal sealed record EgressRules(ImmutableArray<IPNetwork> Allow, ImmutableHashSet<IPAddress> Neighbours)
{
    private const int DnsPort = 53;

    public static readonly EgressRules PublicOnly = new([], []);

    /// <summary>Null where the connection may be made, else a sentence that names the rule and the remedy.</summary>
    public string? Refuse(IPAddress address, int? port = null)
    {
        var seen = AddressRules.Classify(address);
        if (seen.Kind == AddressKind.Public)
        {
            return null;
        }

        if (seen.Kind == AddressKind.Metadata)
        {
            return $"{address} is {seen.Rule}, which Candor never contacts";
        }

        if (AddressRules.IsAllowed(address, Allow) || (port is null or DnsPort && Neighbours.Contains(address)))
        {
            return null;
        }

        return $"{address} is {seen.Rule}; to probe it, add its network to egress.allow in the settings";
    }
}
