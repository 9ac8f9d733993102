using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary>How subscribers are reached.</summary>
internal sealed record NoticeSettings
{
    public EmailSettings? Email { get; init; }
}

/// <summary>The mail server, as an address with the password as a reference, and the sender.</summary>
internal sealed record EmailSettings(Secret Smtp, string From);
