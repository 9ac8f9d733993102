using System.Collections.Immutable;

namespace Candor.Notices.Channels;

/// <summary>Every kind of channel, one line each.</summary>
internal static class ChannelKinds
{
    public static readonly ImmutableArray<IChannelKind> All = [];

    public static IChannelKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
