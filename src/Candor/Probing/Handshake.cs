using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Candor.Judging;

namespace Candor.Probing;

/// <summary>
/// TLS over an open stream. The certificate is judged in words; nothing is fetched on the way (a certificate may name
/// addresses for its issuer and for revocation, and the guard has not seen those).
/// </summary>
internal static class Handshake
{
    /// <summary>The encrypted stream. Ends the look where the certificate is wrong and <paramref name="verify"/> is set.</summary>
    public static async ValueTask<Secured> SecureAsync(
        Stream plain, string name, bool verify, Attempt attempt, SslApplicationProtocol? protocol = null)
    {
        attempt.Begin(Attempt.Tls);
        string? fault = null;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = name,
            ApplicationProtocols = protocol is { } p ? [p] : null,
            CertificateChainPolicy = new X509ChainPolicy
            {
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            },
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                fault = Certificates.Fault(certificate as X509Certificate2, chain, errors, name, attempt.Time.GetUtcNow());
                return fault is null || !verify;
            },
        };
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(options, attempt.Token);
        }
        catch
        {
            await secure.DisposeAsync();
            if (fault is not null && verify && !attempt.Token.IsCancellationRequested)
            {
                throw new FindingException(Finding.Bad(fault));
            }

            throw;
        }

        DateTimeOffset? expires = secure.RemoteCertificate is X509Certificate2 certificate ? new(certificate.NotAfter) : null;
        return new(secure, expires);
    }

    /// <summary>Days left as a measurement, and slow where fewer are left than the owner wants.</summary>
    public static Finding Days(Secured? secured, int? warnDays, Finding finding, Attempt attempt)
    {
        if (secured?.ExpiresAt is not { } expires)
        {
            return finding;
        }

        var days = (expires - attempt.Time.GetUtcNow()).TotalDays;
        attempt.Measurements.Add(new("certificate_days_left", Math.Floor(days), "days"));
        return finding.Reading == Reading.Good && days < warnDays
            ? Finding.Slow($"certificate expires {Certificates.InDays(days)}")
            : finding;
    }
}

/// <summary>The encrypted stream, and until when its certificate holds (the stream forgets that when it is closed).</summary>
internal readonly record struct Secured(SslStream Stream, DateTimeOffset? ExpiresAt);
