using System.Text;
using Candor.Notices.Channels.Email;

namespace Candor.Tests.Notices.Channels.Email;

/// <summary>Mails for tests, and a reader of them that shares no line with the writer.</summary>
internal static class Mails
{
    public static readonly EmailAddress From = EmailAddress.Read("status@heron.example")!.Value;

    public static Mail Simple => new()
    {
        From = From,
        FromName = "Heron Copier",
        To = EmailAddress.Read("ada@example.com")!.Value,
        Subject = "[Heron Copier] Homepage down: investigating",
        Date = new(2024, 2, 29, 9, 54, 3, TimeSpan.Zero),
        Id = new("0123456789abcdef0123456789abcdef", From),
        References = [new("fedcba9876543210fedcba9876543210", From)],
        Text = "Homepage down\nInvestigating since 09:54 UTC.\n",
        UnsubscribeUrl = "https://status.heron.example/unsubscribe/abc",
    };

    public static string Written(this Mail mail) => Encoding.UTF8.GetString(MimeWriter.Write(mail).ToBytes());

    /// <summary>Headers as a receiver sees them: unfolded, encoded words decoded.</summary>
    public static ILookup<string, string> Headers(string written)
    {
        var head = written[..written.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Replace("\r\n ", " ", StringComparison.Ordinal);
        return head.Split("\r\n").ToLookup(
            static line => line[..line.IndexOf(':', StringComparison.Ordinal)],
            static line => Decoded(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()));
    }

    public static string Body(string written) => written[(written.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    public static string FromQuotedPrintable(string coded)
    {
        var bytes = new List<byte>();
        var text = coded.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Decoded(string value)
    {
        var text = value.Replace("?= =?", "?==?", StringComparison.Ordinal);
        for (var at = text.IndexOf("=?utf-8?B?", StringComparison.Ordinal); at >= 0; at = text.IndexOf("=?utf-8?B?", StringComparison.Ordinal))
        {
            var end = text.IndexOf("?=", at + 10, StringComparison.Ordinal);
            text = text[..at] + Encoding.UTF8.GetString(Convert.FromBase64String(text[(at + 10)..end])) + text[(end + 2)..];
        }

        return text;
    }
}
