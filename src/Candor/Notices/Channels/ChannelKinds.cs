using System.Collections.Immutable;
using Candor.Notices.Channels.Discord;
using Candor.Notices.Channels.Email;
using Candor.Notices.Channels.Ntfy;
using Candor.Notices.Channels.PagerDuty;
using Candor.Notices.Channels.Slack;
using Candor.Notices.Channels.Sms;
using Candor.Notices.Channels.Teams;
using Candor.Notices.Channels.Telegram;
using Candor.Notices.Channels.Webhook;
using Candor.Notices.Channels.WebPush;

namespace Candor.Notices.Channels;

/// <summary>Every kind of channel, one line each.</summary>
internal static class ChannelKinds
{
    public static readonly ImmutableArray<IChannelKind> All =
    [
        new EmailKind(),
        new WebhookKind(),
        new SlackKind(),
        new TeamsKind(),
        new DiscordKind(),
        new TelegramKind(),
        new SmsKind(),
        new NtfyKind(),
        new PagerDutyKind(),
        new WebPushKind(),
    ];

    public static IChannelKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
