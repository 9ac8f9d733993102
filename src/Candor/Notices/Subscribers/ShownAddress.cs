using Candor.Notices.Channels;

namespace Candor.Notices.Subscribers;

/// <summary>
/// An address as people see it. Where whoever has it could write there, or page somebody, it is a secret: what is shown is who
/// answers for it and its last four characters, enough to tell two apart. Only sending and the export have it whole.
/// </summary>
internal static class ShownAddress
{
    private const int ShownOfSecret = 4;

    public static string Of(string channel, string address)
    {
        if (channel is not ("slack" or "teams" or "discord" or "ntfy" or "webpush" or "pagerduty"))
        {
            return address;
        }

        var end = new string([.. address.Where(char.IsAsciiLetterOrDigit).TakeLast(ShownOfSecret)]);
        return ChannelKinds.Find(channel) is { } kind && kind.ReadAddress(address).Address is { } read ? $"{kind.DestinationOf(read)}/…{end}" : $"…{end}";
    }
}
