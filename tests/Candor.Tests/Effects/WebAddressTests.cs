using Candor.Effects;

namespace Candor.Tests.Effects;

public class WebAddressTests
{
    /// <summary>Schemes, encodings and disguises, most of them seen in reports against other monitors.</summary>
    public static readonly TheoryData<string> Refused =
    [
        "file:///etc/passwd", "FILE:///etc/passwd", "file:/etc/passwd", "file://localhost/etc/passwd", "fi\tle:///etc/passwd",
        " file:///etc/passwd", "file\u200b:///etc/passwd", "view-source:file:///etc/passwd", "view-source:https://example.com",
        "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1:11211/stat", "ftp://example.com/", "ftps://example.com/",
        "sftp://example.com/", "tftp://example.com/x", "ldap://example.com/", "ldaps://example.com/", "smb://example.com/x",
        "jar:https://example.com!/x", "netdoc:///etc/passwd", "data:text/html,<script>alert(1)</script>", "data:;base64,AAAA",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "vbscript:msgbox", "about:blank",
        "chrome://settings", "blob:https://example.com/1", "filesystem:https://example.com/x", "ws://example.com", "wss://example.com",
        "ssh://example.com", "telnet://example.com", "mailto:a@example.com", "tel:123", "unix:/var/run/docker.sock",
        "http+unix://%2Fvar%2Frun%2Fdocker.sock/", "php://filter/resource=x", "expect://id", "phar://x", "//example.com/path",
        "/etc/passwd", "\\\\server\\share", "https:example.com", "https:/example.com", "http:\\\\example.com", "https://",
        "https:///", "https://user:password@example.com/", "https://example.com@127.0.0.1/", "https://exa mple.com/",
        "https://example.com\r\nHost: evil/", "https://example.com\\@evil.com/", "https://[::1", "https://a..b/", "https://1.2.3.4.5/",
        "https://999.1.1.1/", "https://0x1ffffffff/", "%68ttps://example.com", "hhttps://example.com", "xhttp://example.com", "",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void SEC_01_Only_http_and_https_are_read(string text)
    {
        Assert.Null(WebAddress.Read(text, out var fault));
        Assert.NotEmpty(fault);
    }

    [Theory]
    [InlineData("https://example.com")]
    [InlineData("HTTP://EXAMPLE.COM:8080/a?b=c#d")]
    [InlineData("https://[2606:4700::1111]/")]
    [InlineData("https://bücher.example/")]
    [InlineData("http://1.1.1.1/")]
    public void Ordinary_addresses_are_read(string text) => Assert.NotNull(WebAddress.Read(text, out _));
}
