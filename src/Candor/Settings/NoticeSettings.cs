using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary>How subscribers are reached.</summary>
internal sealed record NoticeSettings
{
    public EmailSettings? Email { get; init; }

    public TelegramSettings? Telegram { get; init; }

    public SmsSettings? Sms { get; init; }

    public PagerDutySettings? PagerDuty { get; init; }
}

/// <summary>The mail server, as an address with the password as a reference, and the sender.</summary>
internal sealed record EmailSettings(Secret Smtp, string From)
{
    public const int ConnectionsDefault = 8;

    /// <summary><c>offered</c>, <c>required</c> or <c>off</c>; null: required where there is a login.</summary>
    public string? StartTls { get; init; }

    public int Connections { get; init; } = ConnectionsDefault;

    /// <summary>Mails a second that the server is given at most, or null.</summary>
    public int? Rate { get; init; }

    public DkimSettings? Dkim { get; init; }

    /// <summary>What the provider proves itself with when it reports bounces and complaints; null: nobody may.</summary>
    public Secret? Reports { get; init; }
}

/// <summary>What mails are signed with.</summary>
/// <param name="Key">The file with the private key; it is read where it is needed and kept nowhere.</param>
/// <param name="Domain">Null: the sender's.</param>
internal sealed record DkimSettings(string Selector, string Key, string? Domain);

/// <summary>The bot that writes.</summary>
/// <param name="Server">Null: Telegram's own; another where a Bot API server of one's own runs.</param>
internal sealed record TelegramSettings(Secret Token, Uri? Server);

/// <summary>Whose account sends text messages, and from which number.</summary>
/// <param name="From">A telephone number, a name that stands for one, or the id of a messaging service (MG…).</param>
/// <param name="Server">Null: Twilio's own; another for whoever takes the same requests.</param>
internal sealed record SmsSettings(string Account, Secret Token, string From, Uri? Server);

/// <summary>Where events go.</summary>
/// <param name="Server">Null: PagerDuty in the United States.</param>
internal sealed record PagerDutySettings(Uri? Server);
