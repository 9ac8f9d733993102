namespace Candor.Notices.Channels.Email;

/// <summary>The mail server that the owner named, from an address such as <c>smtp://user:password@mail.example.com:587</c>.</summary>
internal sealed record SmtpServer(string Host, int Port)
{
    private const int SubmissionPort = 587;
    private const int SubmissionsPort = 465;

    /// <summary>Encrypted from the first byte (<c>smtps</c>).</summary>
    public bool ImplicitTls { get; init; }

    public StartTlsUse StartTls { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Encrypted, and with a certificate that was judged. Without a login there is nothing to steal but the mail.</summary>
    public bool MustBeTrusted => ImplicitTls || StartTls == StartTlsUse.Required;

    /// <summary>The server, or null with the reason; the reason never repeats what was written, because that holds a password.</summary>
    /// <param name="startTls"><c>offered</c>, <c>required</c>, <c>off</c>, or null: required where there is a login.</param>
    public static SmtpServer? Read(string address, string? startTls, out string fault)
    {
        fault = "write a server such as smtp://user:$SMTP_PASSWORD@mail.example.com:587";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0
            || uri.PathAndQuery.Length > 1)
        {
            return null;
        }

        var isTls = uri.Scheme == "smtps";
        var login = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var hasLogin = login is [{ Length: > 0 }, ..];
        if (hasLogin && (login.Length < 2 || login[1].Length == 0 || login.Any(static part => part.Any(char.IsControl))))
        {
            fault = "write both the user and the password, as smtp://user:$SMTP_PASSWORD@host";
            return null;
        }

        if (hasLogin && startTls == "off" && !isTls && !uri.IsLoopback)
        {
            fault = "a password is not sent without encryption; leave starttls out or write starttls: required";
            return null;
        }

        return new SmtpServer(uri.DnsSafeHost, uri.Port > 0 ? uri.Port : isTls ? SubmissionsPort : SubmissionPort)
        {
            ImplicitTls = isTls,
            StartTls = startTls switch
            {
                "off" => StartTlsUse.Off,
                "required" => StartTlsUse.Required,
                "offered" when !hasLogin => StartTlsUse.Offered,
                null when !hasLogin => StartTlsUse.Offered,
                null or "offered" when uri.IsLoopback => StartTlsUse.Offered,
                _ => StartTlsUse.Required,
            },
            User = hasLogin ? login[0] : null,
            Password = hasLogin ? login[1] : null,
        };
    }

    public override string ToString() => $"{Host}:{Port}";
}

internal enum StartTlsUse
{
    /// <summary>Used where the server offers it, without judging the certificate: most servers talk to each other so.</summary>
    Offered,

    Required,
    Off,
}
