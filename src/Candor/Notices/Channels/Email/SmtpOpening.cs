using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Candor.Effects;

namespace Candor.Notices.Channels.Email;

/// <summary>From nothing to a server that takes mails: connection, greeting, EHLO, encryption, login.</summary>
internal static class SmtpOpening
{
    /// <param name="hello">The name we give: the sender's domain, which exists and is ours.</param>
    /// <exception cref="SmtpRefusedException">The server said no, or something was missing.</exception>
    public static async Task<SmtpConnection> OpenAsync(
        SmtpServer server, string hello, INetwork network, TimeProvider time, SmtpAttempt attempt)
    {
        attempt.Begin(SmtpStage.Connect, attempt.Limits.Connect);
        var stream = await OutboundHttp.OpenAsync(network, new(server.Host, server.Port), attempt.Token);
        try
        {
            stream = server.ImplicitTls ? await SecureAsync(stream, server, attempt) : stream;
            attempt.Begin(SmtpStage.Greeting, attempt.Limits.Greeting);
            var wire = new SmtpWire(stream);
            Expect(await wire.ReplyAsync(null, attempt.Token), attempt);
            var features = await HelloAsync(wire, hello, attempt);
            if (!server.ImplicitTls && server.StartTls != StartTlsUse.Off && (features.StartTls || server.MustBeTrusted))
            {
                (stream, wire) = await StartTlsAsync(stream, wire, features, server, attempt);
                features = await HelloAsync(wire, hello, attempt); // what was said in the open counts for nothing (RFC 3207)
            }

            await LogInAsync(wire, features, server, attempt);
            return new(stream, wire, features, time.GetTimestamp());
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static async Task<(Stream Stream, SmtpWire Wire)> StartTlsAsync(
        Stream plain, SmtpWire wire, SmtpFeatures features, SmtpServer server, SmtpAttempt attempt)
    {
        attempt.Begin(SmtpStage.Tls);
        if (!features.StartTls)
        {
            throw new SmtpRefusedException(SmtpStage.Tls, new(0, "the server does not offer STARTTLS, which is required"));
        }

        await wire.SayAsync("STARTTLS", attempt.Token);
        Expect(await wire.ReplyAsync(null, attempt.Token), attempt);
        if (wire.HasMore)
        {
            // Whoever sits in between could put words into the encrypted conversation by sending them before it.
            throw new SmtpRefusedException(SmtpStage.Tls, new(0, "the server sent bytes between STARTTLS and the handshake"));
        }

        var secure = await SecureAsync(plain, server, attempt);
        return (secure, new(secure));
    }

    private static async Task<Stream> SecureAsync(Stream plain, SmtpServer server, SmtpAttempt attempt)
    {
        attempt.Begin(SmtpStage.Tls, attempt.Limits.Tls);
        string? fault = null;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = server.Host,
            CertificateChainPolicy = new X509ChainPolicy
            {
                // A certificate may name addresses for its issuer and its revocation; the guard has not seen those.
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            },
            RemoteCertificateValidationCallback = (_, _, _, errors) =>
            {
                fault = Fault(errors);
                return fault is null || !server.MustBeTrusted;
            },
        };
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(options, attempt.Token);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            if (fault is not null && server.MustBeTrusted)
            {
                throw new SmtpRefusedException(SmtpStage.Tls, new(0, fault));
            }

            throw;
        }
    }

    private static string? Fault(SslPolicyErrors errors) =>
        errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "the server sent no certificate"
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? "the server's certificate is for another name"
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? "the server's certificate is expired or not trusted here"
        : null;

    private static async Task<SmtpFeatures> HelloAsync(SmtpWire wire, string hello, SmtpAttempt attempt)
    {
        attempt.Begin(SmtpStage.Hello);
        var lines = new List<string>();
        await wire.SayAsync($"EHLO {hello}", attempt.Token);
        Expect(await wire.ReplyAsync(lines, attempt.Token), attempt);
        return SmtpFeatures.Read(lines);
    }

    private static async Task LogInAsync(SmtpWire wire, SmtpFeatures features, SmtpServer server, SmtpAttempt attempt)
    {
        if (server.User is not { } user || server.Password is not { } password)
        {
            return;
        }

        attempt.Begin(SmtpStage.Login);
        if (features.Plain)
        {
            await wire.SayAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", attempt.Token);
        }
        else if (features.Login)
        {
            await wire.SayAsync("AUTH LOGIN", attempt.Token);
            Expect(await wire.ReplyAsync(null, attempt.Token), attempt, 3);
            await wire.SayAsync(Base64(user), attempt.Token);
            Expect(await wire.ReplyAsync(null, attempt.Token), attempt, 3);
            await wire.SayAsync(Base64(password), attempt.Token);
        }
        else
        {
            throw new SmtpRefusedException(SmtpStage.Login, new(0, "the server offers neither AUTH PLAIN nor AUTH LOGIN"));
        }

        Expect(await wire.ReplyAsync(null, attempt.Token), attempt);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static void Expect(SmtpReply reply, SmtpAttempt attempt, int hundreds = 2)
    {
        if (reply.Code / 100 != hundreds)
        {
            throw reply.Code >= 400 ? new SmtpRefusedException(attempt.Stage, reply) : new InvalidDataException($"unexpected {reply.Code}");
        }
    }
}
