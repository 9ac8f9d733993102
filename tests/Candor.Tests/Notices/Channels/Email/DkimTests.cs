using System.Security.Cryptography;
using System.Text;
using Candor.Notices.Channels.Email;

namespace Candor.Tests.Notices.Channels.Email;

public sealed class DkimTests
{
    private static readonly DateTimeOffset At = new(2024, 2, 29, 9, 54, 3, TimeSpan.Zero);

    /// <summary>The example of RFC 6376, section 3.4.5.</summary>
    [Fact]
    public void Relaxed_is_what_the_standard_says()
    {
        Assert.Equal("a:X", DkimText.Header("a", " X"));
        Assert.Equal("b:Y Z", DkimText.Header("b", " Y\t\r\n\tZ  "));
        Assert.Equal(" C\r\nD E\r\n", DkimText.Body(" C \r\nD \t E\r\n\r\n\r\n"));
        Assert.Equal("", DkimText.Body("\r\n\r\n"));
    }

    [Fact]
    public void What_matters_is_signed_and_from_cannot_be_added()
    {
        using var rsa = RSA.Create(2048);
        using var key = DkimKey.Read("heron.example", "candor", rsa.ExportRSAPrivateKeyPem(), out _)!;
        var written = Encoding.UTF8.GetString(key.Sign(MimeWriter.Write(Mails.Simple), At).ToBytes());
        var signature = Mails.Headers(written)["DKIM-Signature"].Single().Replace(" ", "", StringComparison.Ordinal);

        Assert.StartsWith("v=1;a=rsa-sha256;c=relaxed/relaxed;d=heron.example;s=candor;t=1709200443;h=from:from:subject:subject:to:date:message-id:"
            + "in-reply-to:references:list-unsubscribe:list-unsubscribe-post:", signature, StringComparison.Ordinal);
        Assert.StartsWith("DKIM-Signature: v=1;", written, StringComparison.Ordinal);
        Assert.All(written.Split("\r\n"), static line => Assert.InRange(line.Length, 0, 78));
    }

    [Theory]
    [InlineData("", "not an RSA private key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "not an RSA private key")]
    public void A_key_that_is_none_is_said(string pem, string expected)
    {
        Assert.Null(DkimKey.Read("heron.example", "candor", pem, out var fault));
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_public_key_does_not_sign()
    {
        using var rsa = RSA.Create(2048);
        Assert.Null(DkimKey.Read("heron.example", "candor", rsa.ExportSubjectPublicKeyInfoPem(), out var fault));
        Assert.Contains("private key", fault, StringComparison.Ordinal);
    }
}
