using System.Security.Cryptography;
using Candor.Node;
using Candor.Notices.Channels.Email;
using Candor.Settings;
using Candor.Settings.Forms;

namespace Candor.Tests.Settings;

public sealed class ChannelValuesTests
{
    private readonly MemoryDisk disk = new(TimeProvider.System);

    [Fact]
    public void A_password_may_hold_what_an_address_may_not()
    {
        var values = ChannelValues.Email(Settings(), static _ => "p@ss:w%rd/ü#?", disk, ["10.0.0.0/8"], out var fault)!;
        var server = SmtpServer.Read(values["smtp"]!, values["starttls"], out _)!;

        Assert.Equal(("", "user", "p@ss:w%rd/ü#?"), (fault, server.User, server.Password));
        Assert.Equal("10.0.0.0/8", Assert.Single(values.Allow));
        Assert.DoesNotContain("p@ss", values.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Null(ChannelValues.Email(Settings(), static _ => null, disk, [], out var fault));
        Assert.Equal("Set SMTP_PASSWORD in the environment; notices.email.smtp needs it.", fault);

        var signed = Settings() with { Dkim = new("candor", "/etc/candor/dkim.pem", null) };
        Assert.Null(ChannelValues.Email(signed, static _ => "x", disk, [], out fault));
        Assert.Contains("/etc/candor/dkim.pem", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_read_when_it_is_needed()
    {
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportPkcs8PrivateKeyPem();
        disk.Write("/etc/candor/dkim.pem", pem);
        var signed = Settings() with { Dkim = new("candor", "/etc/candor/dkim.pem", "example.com"), Rate = 14, StartTls = "required" };
        var values = ChannelValues.Email(signed, static _ => "x", disk, [], out _)!;

        Assert.Equal(
            (pem, "candor", "example.com", "14", "required"),
            (values["dkim_key"], values["dkim_selector"], values["dkim_domain"], values["rate"], values["starttls"]));
    }

    [Fact]
    public void A_key_that_is_none_is_said_before_a_process_is_started()
    {
        disk.Write("/etc/candor/dkim.pem", "not a key");
        Assert.Null(ChannelValues.Email(Settings() with { Dkim = new("candor", "/etc/candor/dkim.pem", null) }, static _ => "x", disk, [], out var fault));
        Assert.Contains("openssl genrsa", fault, StringComparison.Ordinal);
    }

    private static EmailSettings Settings()
    {
        Assert.Null(Secret.Read("smtp://user:$SMTP_PASSWORD@mail.example.com:587", out var smtp));
        return new(smtp!, "status@example.com");
    }
}
