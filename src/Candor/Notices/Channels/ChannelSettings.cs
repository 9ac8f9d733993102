using System.Collections.Immutable;

namespace Candor.Notices.Channels;

/// <summary>What the owner says of one channel, with its secrets put in: names and texts, as they cross to its process.</summary>
internal sealed record ChannelSettings(ImmutableSortedDictionary<string, string> Values)
{
    public static readonly ChannelSettings None = new(ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Restricted networks (CIDR) that the owner lets it contact.</summary>
    public ImmutableArray<string> Allow { get; init => field = value.IsDefault ? [] : value; } = [];

    public string? this[string name] => Values.GetValueOrDefault(name);

    /// <summary>Whether a channel that was opened with the other one needs not be opened anew.</summary>
    public bool SaysTheSameAs(ChannelSettings other) =>
        Values.SequenceEqual(other.Values) && Allow.AsSpan().SequenceEqual(other.Allow.AsSpan());

    /// <summary>Says nothing: it holds secrets.</summary>
    public override string ToString() => "(channel settings)";
}
