using Candor.Effects;

namespace Candor.Notices.Channels;

/// <summary>What a channel may touch. The network is behind the egress guard; there is no disk.</summary>
internal sealed record ChannelTools(INetwork Network, TimeProvider Time, IRandomness Randomness);
