namespace Candor.Notices.Channels.Email;

/// <summary>
/// A mail as DATA carries it: every line ends with CR LF, a leading dot is doubled, and CR LF dot CR LF ends it. A lone
/// CR or LF becomes a line break, because servers disagree on what it is, and who smuggles a second mail lives on that.
/// </summary>
internal static class SmtpContent
{
    public static byte[] Stuff(ReadOnlySpan<byte> mail)
    {
        var content = new List<byte>(mail.Length + (mail.Length / 50) + 5);
        var atStart = true;
        for (var i = 0; i < mail.Length; i++)
        {
            if (mail[i] is (byte)'\r' or (byte)'\n')
            {
                i += mail[i] == '\r' && i + 1 < mail.Length && mail[i + 1] == '\n' ? 1 : 0;
                content.AddRange("\r\n"u8);
                atStart = true;
                continue;
            }

            if (atStart && mail[i] == '.')
            {
                content.Add((byte)'.');
            }

            content.Add(mail[i]);
            atStart = false;
        }

        content.AddRange(atStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return [.. content];
    }
}
