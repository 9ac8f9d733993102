namespace Candor.Notices.Channels.Email;

/// <summary>Who sends, by which server, signed with what: the settings, read.</summary>
internal sealed record EmailSender(SmtpServer Server, EmailAddress From)
{
    public DkimKey? Dkim { get; init; }

    /// <summary>Or null, with a sentence that names the setting at fault.</summary>
    public static EmailSender? Read(ChannelSettings settings, out string fault)
    {
        if (SmtpServer.Read(settings["smtp"] ?? "", settings["starttls"], out var serverFault) is not { } server)
        {
            fault = $"notices.email.smtp: {serverFault}";
            return null;
        }

        if (EmailAddress.Read(settings["from"] ?? "") is not { NeedsUtf8: false } from)
        {
            fault = $"notices.email.from: {EmailAddress.Remedy}";
            return null;
        }

        fault = "";
        if (settings["dkim_key"] is not { } pem)
        {
            return new(server, from);
        }

        var key = DkimKey.Read(settings["dkim_domain"] ?? from.Domain, settings["dkim_selector"] ?? "candor", pem, out var keyFault);
        fault = key is null ? $"notices.email.dkim: {keyFault}" : "";
        return key is null ? null : new(server, from) { Dkim = key };
    }

    /// <summary>Says nothing: it holds secrets.</summary>
    public override string ToString() => "(mail sender)";
}
