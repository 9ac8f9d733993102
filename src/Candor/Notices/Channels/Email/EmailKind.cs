using System.Globalization;
using Candor.Journal;

namespace Candor.Notices.Channels.Email;

/// <summary>Mail, by a server of the owner's.</summary>
internal sealed class EmailKind : IChannelKind
{
    private const int ConnectionsMost = 64;

    public string Name => "email";

    public ChannelTiming Timing { get; } = new(RetryMost: TimeSpan.FromMinutes(15), Horizon: TimeSpan.FromHours(24))
    {
        SendWithin = TimeSpan.FromSeconds(90),
        WorkersMost = 64,
        Nominal = 2_000,
        ByOneServer = true,
    };

    public (string? Address, Refusal? Refusal) ReadAddress(string text) =>
        EmailAddress.Read(text) is { } address
            ? (address.ToString(), null)
            : (null, new("address", $"This is no mail address that can be written to; {EmailAddress.Remedy}.", "address"));

    public string DestinationOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    public bool ConnectsToAddresses => false;

    public bool IsForMany(string destination) => true;

    public IChannel Open(ChannelSettings settings, ChannelTools tools)
    {
        var sender = EmailSender.Read(settings, out var fault) ?? throw new ArgumentException(fault, nameof(settings));
        var limits = new SmtpLimits { Rate = Number(settings["rate"]) };
        var connections = Math.Clamp(Number(settings["connections"]) ?? limits.ConnectionsMost, 1, ConnectionsMost);
        return new EmailChannel(sender, limits with { ConnectionsMost = connections }, tools);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
