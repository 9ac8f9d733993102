using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Candor.SystemTests.MainJob;

namespace Candor.SystemTests.Notices;

/// <summary>A real Postfix with folders of its own: STARTTLS and TLS from the first byte, a login, one known mailbox, no open relay.</summary>
public sealed class Postfix : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("candor-postfix-").FullName;
    private readonly LoginDesk desk = new();
    private readonly int tlsPort = RealServer.FreePort();
    private RealServer server = null!;

    private Postfix()
    {
    }

    /// <summary>It starts as root and nothing else.</summary>
    public static bool Missing => Repository.Find("postfix") is null || Environment.UserName != "root";

    public int Port => server.Port;

    public int TlsPort => tlsPort;

    /// <summary>What a client has to trust.</summary>
    public string Certificate => Path.Combine(folder, "cert.pem");

    private string Mailbox => Path.Combine(folder, "mail", "ada", "new");

    public static async Task<Postfix> StartAsync(CancellationToken cancellation)
    {
        var postfix = new Postfix();
        postfix.Prepare();
        postfix.server = await RealServer.StartAsync(
            "postfix",
            port =>
            {
                File.WriteAllText(Path.Combine(postfix.folder, "etc", "master.cf"), postfix.Services(port));
                return ["-c", Path.Combine(postfix.folder, "etc"), "start-fg"];
            },
            cancellation);
        return postfix;
    }

    /// <summary>Mails in the mailbox once there are as many, as Postfix wrote them.</summary>
    public async Task<IReadOnlyList<byte[]>> MailsAsync(int count, CancellationToken cancellation)
    {
        await Patience.UntilAsync(
            () => Task.FromResult(Files().Length >= count),
            TimeSpan.FromSeconds(60),
            () => $"{Files().Length} of {count} mails; {Log()}",
            cancellation);
        return [.. Files().Select(File.ReadAllBytes)];
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await desk.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string[] Files() => Directory.Exists(Mailbox) ? Directory.GetFiles(Mailbox) : [];

    private string Log() => File.Exists(Path.Combine(folder, "log")) ? string.Join('\n', File.ReadLines(Path.Combine(folder, "log")).TakeLast(20)) : "";

    private void Prepare()
    {
        const UnixFileMode open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(folder, open);
        foreach (var name in new[] { "etc", "spool", "data", "mail" })
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        Own("postfix", "data");
        Own("nobody", "mail");
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        File.WriteAllText(Certificate, made.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "etc", "boxes"), "ada@example.com ada/\n");
        File.WriteAllText(Path.Combine(folder, "etc", "main.cf"), Settings());
    }

    private void Own(string user, string name)
    {
        using var chown = System.Diagnostics.Process.Start("chown", [user, Path.Combine(folder, name)]);
        chown.WaitForExit();
    }

    private string Settings() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        compatibility_level = 3.6
        queue_directory = {folder}/spool
        data_directory = {folder}/data
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        maillog_file = {folder}/log
        maillog_file_prefixes = {folder}
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        myhostname = mail.test
        mydestination =
        mynetworks =
        local_recipient_maps =
        alias_maps =
        virtual_mailbox_domains = example.com
        virtual_mailbox_base = {folder}/mail
        virtual_mailbox_maps = texthash:{folder}/etc/boxes
        virtual_uid_maps = static:65534
        virtual_gid_maps = static:65534
        smtpd_tls_cert_file = {Certificate}
        smtpd_tls_key_file = {folder}/key.pem
        smtpd_tls_security_level = may
        smtpd_tls_auth_only = yes
        smtpd_tls_received_header = yes
        smtpd_sasl_auth_enable = yes
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = inet:127.0.0.1:{desk.Port}
        smtpd_relay_restrictions = permit_sasl_authenticated, reject
        smtpd_forbid_bare_newline = yes
        """) + "\n";

    private string Services(int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        127.0.0.1:{port} inet n - n - - smtpd
        127.0.0.1:{tlsPort} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        tlsmgr unix - - n 1000? 1 tlsmgr
        proxymap unix - - n - - proxymap
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        error unix - - n - - error
        retry unix - - n - - error
        virtual unix - n n - - virtual
        postlog unix-dgram n - n - 1 postlogd
        """) + "\n";
}
