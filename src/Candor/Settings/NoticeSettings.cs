using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary>How subscribers are reached.</summary>
internal sealed record NoticeSettings
{
    public EmailSettings? Email { get; init; }
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
}

/// <summary>What mails are signed with.</summary>
/// <param name="Key">The file with the private key; it is read where it is needed and kept nowhere.</param>
/// <param name="Domain">Null: the sender's.</param>
internal sealed record DkimSettings(string Selector, string Key, string? Domain);
