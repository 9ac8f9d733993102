using System.Globalization;
using System.Text;

namespace Candor.Notices.Channels.Email;

/// <summary>
/// A mail as bytes: headers by name and type, plain text first, HTML as the alternative, both quoted-printable. ASCII
/// throughout, apart from a recipient that asks for SMTPUTF8 itself.
/// </summary>
internal static class MimeWriter
{
    // Quoted-printable never writes "=_", so no text can hold the boundary.
    private const string Boundary = "=_candor";

    public static MimeParts Write(Mail mail)
    {
        var headers = new List<(string Name, string Value)>
        {
            ("From", Address("From", mail.FromName, mail.From)),
            ("To", $" {mail.To}"),
            ("Subject", MailText.Fold(mail.Subject, "Subject:".Length)),
            ("Date", " " + mail.Date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)),
            ("Message-ID", $" {mail.Id}"),
        };
        if (mail.References.Length > 0)
        {
            headers.Add(("In-Reply-To", $" {mail.References[^1]}"));
            headers.Add(("References", MailText.Join(mail.References.Select(static r => r.Text), "References:".Length)));
        }

        if (Unsubscribe(mail.UnsubscribeUrl) is { } url)
        {
            headers.Add(("List-Unsubscribe", $" <{url}>"));
            headers.Add(("List-Unsubscribe-Post", " List-Unsubscribe=One-Click"));
        }

        headers.Add(("Auto-Submitted", " auto-generated")); // RFC 3834: no vacation may answer
        headers.Add(("X-Auto-Response-Suppress", " All")); // the same for Exchange
        headers.Add(("Content-Language", $" {Token(mail.Language)}"));
        headers.Add(("MIME-Version", " 1.0"));
        return mail.Html is { } html ? Both(headers, mail.Text, html) : Single(headers, mail.Text);
    }

    private static MimeParts Single(List<(string Name, string Value)> headers, string text)
    {
        headers.Add(("Content-Type", " text/plain; charset=utf-8"));
        headers.Add(("Content-Transfer-Encoding", " quoted-printable"));
        return new(headers, QuotedPrintable.Encode(text));
    }

    private static MimeParts Both(List<(string Name, string Value)> headers, string text, string html)
    {
        headers.Add(("Content-Type", $" multipart/alternative; boundary=\"{Boundary}\""));
        var body = new StringBuilder();
        foreach (var (kind, content) in new[] { ("plain", text), ("html", html) })
        {
            body.Append(CultureInfo.InvariantCulture, $"--{Boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n")
                .Append("Content-Transfer-Encoding: quoted-printable\r\n\r\n")
                .Append(QuotedPrintable.Encode(content));
        }

        return new(headers, body.Append(CultureInfo.InvariantCulture, $"--{Boundary}--\r\n").ToString());
    }

    private static string Address(string header, string name, EmailAddress address) =>
        MailText.Join([MailText.Name(name, header.Length + 1).TrimStart(), $"<{address}>"], header.Length + 1);

    /// <summary>One-click needs HTTPS (RFC 8058); an address with anything but visible ASCII is none.</summary>
    private static string? Unsubscribe(string? url) =>
        url is { Length: < 900 } && url.StartsWith("https://", StringComparison.Ordinal)
        && url.All(static c => c is > ' ' and < '\x7f' and not ('<' or '>' or '"' or ','))
            ? url
            : null;

    private static string Token(string language) =>
        language.Length is > 0 and <= 35 && language.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') ? language : "en";
}
