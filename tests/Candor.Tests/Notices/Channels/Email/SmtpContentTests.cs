using System.Text;
using Candor.Notices.Channels.Email;

namespace Candor.Tests.Notices.Channels.Email;

/// <summary>SEC-39: a mail ends where we end it, for every server.</summary>
public sealed class SmtpContentTests
{
    [Theory]
    [InlineData("", ".\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData(".", "..\r\n.\r\n")]
    [InlineData(".\r\n", "..\r\n.\r\n")]
    [InlineData("a\r\n.\r\nb", "a\r\n..\r\nb\r\n.\r\n")]
    [InlineData("a\r\n..\r\nb", "a\r\n...\r\nb\r\n.\r\n")]
    public void Dots_are_doubled_and_an_end_is_set(string mail, string content) => Assert.Equal(content, Stuffed(mail));

    /// <summary>The ways of the smuggling attacks of December 2023, each a way to say "end of mail" to some server.</summary>
    [Theory]
    [InlineData("a\n.\n")]
    [InlineData("a\n.\r\n")]
    [InlineData("a\r\n.\n")]
    [InlineData("a\r.\r")]
    [InlineData("a\r.\r\n")]
    [InlineData("a\r\n.\r")]
    [InlineData("a\n.\r")]
    [InlineData("a\r\r\n.\r\r\n")]
    [InlineData("a\r\n\0.\r\n")]
    [InlineData("a\n\n.\n\n")]
    public void SEC_39_No_second_mail_is_smuggled(string ending)
    {
        var content = Stuffed(ending + "MAIL FROM:<eve@evil.test>\r\nRCPT TO:<ada@example.com>\r\nDATA\r\n");

        Assert.DoesNotContain(content.Replace("\r\n", "|", StringComparison.Ordinal), static c => c is '\r' or '\n');
        Assert.Equal(content.Length - 5, content.IndexOf("\r\n.\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_writer_makes_is_only_dotted()
    {
        var written = (Mails.Simple with { Text = ".\n..\nFrom here\n" }).Written();

        Assert.Equal(written + ".\r\n", Stuffed(written));
    }

    private static string Stuffed(string mail) => Encoding.UTF8.GetString(SmtpContent.Stuff(Encoding.UTF8.GetBytes(mail)));
}
