using System.Globalization;
using Candor.Notices.Channels.Http;

namespace Candor.Notices.Channels.PagerDuty;

/// <summary>Hands the events of a message over one after the other. Each has a key by which PagerDuty knows it again, so all of them may be sent anew.</summary>
internal sealed class PagerDutyChannel(HttpSender sender, string server) : IChannel
{
    public async Task<Handover> SendAsync(Message message, CancellationToken cancellation)
    {
        var handover = Handover.Delivered("");
        foreach (var (i, body) in PagerDutyBody.All(message).Index())
        {
            var named = i == 0 ? message : message with { Key = string.Create(CultureInfo.InvariantCulture, $"{message.Key}-{i + 1}") };
            using var request = JsonRequest.Post(named, server + PagerDutyBody.PathOf(message), body);
            handover = await sender.SendAsync(request, static answer => answer.Read(), cancellation);
            if (handover.End != HandoverEnd.Delivered)
            {
                // Nobody tries a test again, so whoever sent it is told what stands on the other side.
                return i > 0 && message.Facts.About == MessageSubject.Test
                    ? handover with { Said = $"the alert of the test was raised and not resolved, so resolve it there; {handover.Said}" }
                    : handover;
            }
        }

        return handover;
    }

    public ValueTask DisposeAsync()
    {
        sender.Dispose();
        return default;
    }
}
