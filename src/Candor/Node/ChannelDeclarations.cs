using System.Collections.Immutable;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Settings;

namespace Candor.Node;

/// <summary>From what the owner declared of the channels to what their processes are opened with: here the secrets are put in.</summary>
internal static class ChannelDeclarations
{
    /// <param name="fault">Null, or what the owner has to mend before a channel can be opened.</param>
    public static ImmutableDictionary<string, ChannelSettings> Of(
        NoticeSettings notices, Func<string, string?> environment, IDisk disk, out string? fault)
    {
        var faults = new List<string>();
        var channels = ImmutableDictionary.CreateBuilder<string, ChannelSettings>(StringComparer.Ordinal);
        if (notices.Email is { } email)
        {
            Add("email", ChannelValues.Email(email, environment, disk, [], out var missing), missing);
        }

        if (notices.Telegram is { } telegram)
        {
            Add("telegram", ChannelValues.Telegram(telegram, environment, out var missing), missing);
        }

        if (notices.Sms is { } sms)
        {
            Add("sms", ChannelValues.Sms(sms, environment, out var missing), missing);
        }

        if (notices.PagerDuty is { } pagerDuty)
        {
            Add("pagerduty", ChannelValues.PagerDuty(pagerDuty), "");
        }

        fault = faults.Count == 0 ? null : string.Join(' ', faults);
        return channels.ToImmutable();

        void Add(string channel, ChannelSettings? settings, string missing)
        {
            if (settings is null)
            {
                faults.Add($"Nobody can be told by {channel}. {missing}");
            }
            else
            {
                channels[channel] = settings;
            }
        }
    }
}
