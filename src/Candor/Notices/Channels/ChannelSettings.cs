using System.Collections.Immutable;

namespace Candor.Notices.Channels;

/// <summary>What the owner says of one channel, with its secrets put in: names and texts, as they cross to its process.</summary>
internal sealed record ChannelSettings(ImmutableSortedDictionary<string, string> Values)
{
    public static readonly ChannelSettings None = new(ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Restricted networks (CIDR) that the owner lets it contact.</summary>
    public ImmutableArray<string> Allow { get; init => field = value.IsDefault ? [] : value; } = [];

    public string? this[string name] => Values.GetValueOrDefault(name);

    /// <summary>Says nothing: it holds secrets.</summary>
    public override string ToString() => "(channel settings)";
}
