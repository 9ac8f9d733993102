using System.Text;
using Candor.Notices.Channels.Email;

namespace Candor.Tests.Notices.Channels.Email;

public sealed class MimeWriterTests
{
    private static readonly string[] Hostile =
    [
        "a\r\nBcc: eve@evil.test", "a\nBcc: eve@evil.test", "a\rBcc: eve@evil.test", "a\r\n\r\nbody", "a\0b", "a\u0085Bcc: x", "a\u2028Bcc: x",
        "a\u2029b", "=?utf-8?B?DQpCY2M6IGV2ZQ==?=", "\"quoted\" <eve@evil.test>", "a\u001b[31mred", "a\x7f", "\ud800half", ",", "@", "  ", "",
        "%0d%0aBcc: eve@evil.test", "a\v\fb", "Größe\r\nBcc: eve@evil.test", "\r\n.\r\nMAIL FROM:<eve@evil.test>", new string('x', 5_000),
        new string('ü', 2_000), string.Concat(Enumerable.Repeat("word ", 400)), "🦩🦩🦩 flamingos",
    ];

    [Fact]
    public void A_mail_is_what_it_is() => Assert.Equal(
        """
        From: Heron Copier <status@heron.example>
        To: ada@example.com
        Subject: [Heron Copier] Homepage down: investigating
        Date: Thu, 29 Feb 2024 09:54:03 +0000
        Message-ID: <0123456789abcdef0123456789abcdef@heron.example>
        In-Reply-To: <fedcba9876543210fedcba9876543210@heron.example>
        References: <fedcba9876543210fedcba9876543210@heron.example>
        List-Unsubscribe: <https://status.heron.example/unsubscribe/abc>
        List-Unsubscribe-Post: List-Unsubscribe=One-Click
        Auto-Submitted: auto-generated
        X-Auto-Response-Suppress: All
        Content-Language: en
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Homepage down
        Investigating since 09:54 UTC.


        """.ReplaceLineEndings("\r\n"),
        Mails.Simple.Written());

    [Fact]
    public void Plain_text_comes_first_and_html_is_the_alternative()
    {
        var written = (Mails.Simple with { Html = "<p>Größe = 1</p>\n" }).Written();
        var parts = Mails.Body(written).Split("--=_candor");

        Assert.Contains("multipart/alternative; boundary=\"=_candor\"", Mails.Headers(written)["Content-Type"].Single(), StringComparison.Ordinal);
        Assert.Equal(4, parts.Length);
        Assert.StartsWith("\r\nContent-Type: text/plain;", parts[1], StringComparison.Ordinal);
        Assert.StartsWith("\r\nContent-Type: text/html;", parts[2], StringComparison.Ordinal);
        Assert.Contains("<p>Gr=C3=B6=C3=9Fe =3D 1</p>", parts[2], StringComparison.Ordinal);
        Assert.Equal("--\r\n", parts[3]);
    }

    /// <summary>Header injection: every text that reaches a header, with everything that could end it.</summary>
    [Fact]
    public void No_text_makes_a_header_of_its_own()
    {
        var expected = Mails.Headers(Mails.Simple.Written()).Select(static h => h.Key).Order().ToList();
        foreach (var text in Hostile)
        {
            var written = (Mails.Simple with { Subject = text, FromName = text, Language = text, UnsubscribeUrl = "https://x.example/a" }).Written();
            var headers = Mails.Headers(written);

            Assert.Equal(expected, headers.Select(static h => h.Key).Order());
            Assert.All(headers, static h => Assert.Single(h));
            Assert.Equal("Homepage down\r\nInvestigating since 09:54 UTC.\r\n\r\n", Mails.Body(written));
            Assert.EndsWith(" <status@heron.example>", " " + headers["From"].Single(), StringComparison.Ordinal);
            AssertLines(written);
        }
    }

    [Theory]
    [InlineData("https://x.example/a\r\nBcc: eve@evil.test")]
    [InlineData("https://x.example/>, <mailto:eve@evil.test")]
    [InlineData("http://x.example/one-click-needs-https")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public void An_address_to_unsubscribe_by_is_one_or_left_out(string url) =>
        Assert.DoesNotContain("List-Unsubscribe", (Mails.Simple with { UnsubscribeUrl = url }).Written(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Störung: Anmeldung nicht möglich, Wiederherstellung läuft noch bis heute Abend gegen zehn")]
    [InlineData("障害：ログインできません。復旧作業を行っています。しばらくお待ちください。障害：ログインできません。")]
    [InlineData("🦩 one 🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩🦩")]
    [InlineData("plain words that go on and on until the line is full and then some more of them follow on the next line")]
    public void A_subject_arrives_as_it_was_written(string subject)
    {
        var written = (Mails.Simple with { Subject = subject }).Written();

        Assert.Equal(subject, Mails.Headers(written)["Subject"].Single());
        Assert.All(written.Split("\r\n").TakeWhile(static l => l.Length > 0), static l => Assert.InRange(l.Length, 1, 76));
    }

    [Fact]
    public void Texts_survive_quoted_printable()
    {
        var random = new Random(11);
        foreach (var text in Hostile.Concat(Enumerable.Range(0, 500).Select(_ => Chance(random))))
        {
            var coded = QuotedPrintable.Encode(text);

            AssertLines(coded);
            Assert.All(coded.Split("\r\n"), static line => Assert.InRange(line.Length, 0, 76));
            Assert.DoesNotContain(coded.Split("\r\n"), static line => line.StartsWith('.') || line.StartsWith("From", StringComparison.Ordinal));
            Assert.Equal(
                Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n") + "\r\n")), Mails.FromQuotedPrintable(coded));
        }
    }

    [Fact]
    public void A_key_cannot_leave_its_header() =>
        Assert.Throws<ArgumentException>(() => new MessageId("abc\r\nBcc: eve", Mails.From));

    /// <summary>Only CR LF, only ASCII, nothing that begins a line of its own.</summary>
    private static void AssertLines(string written)
    {
        Assert.DoesNotContain('\r', written.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\n', written.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.True(Ascii.IsValid(written));
    }

    private static string Chance(Random random)
    {
        const string alphabet = "ab =.\t\r\nFrom üß障🦩\0\x7f";
        return string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => alphabet[random.Next(alphabet.Length)]));
    }
}
