using System.Collections.Immutable;
using Candor.Notices.Channels.Email;
using Candor.Notices.Channels.Webhook;

namespace Candor.Notices.Channels;

/// <summary>Every kind of channel, one line each.</summary>
internal static class ChannelKinds
{
    public static readonly ImmutableArray<IChannelKind> All =
    [
        new EmailKind(),
        new WebhookKind(),
    ];

    public static IChannelKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
