using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Candor.Probing;

/// <summary>What is wrong with a certificate, in one phrase: the fault that its owner has to mend first.</summary>
internal static class Certificates
{
    public static string? Fault(
        X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, string name, DateTimeOffset now)
    {
        if (certificate is null)
        {
            return "sent no certificate";
        }

        if (now - new DateTimeOffset(certificate.NotAfter) is { Ticks: > 0 } expired)
        {
            return $"certificate expired {Ago(expired.TotalDays)}";
        }

        if (now < new DateTimeOffset(certificate.NotBefore))
        {
            return $"certificate is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"certificate is for {Names(certificate)}, not for {name}";
        }

        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return null;
        }

        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status) ?? default;
        return certificate.Issuer == certificate.Subject ? "certificate is self-signed"
            : status.HasFlag(X509ChainStatusFlags.NotTimeValid) ? "a certificate above its own has expired"
            : status.HasFlag(X509ChainStatusFlags.PartialChain) ? "certificate chain is incomplete or its root is not known here"
            : "certificate is not trusted here";
    }

    public static string InDays(double days) => days switch
    {
        < 1 => "within a day",
        < 2 => "in 1 day",
        _ => string.Create(CultureInfo.InvariantCulture, $"in {Math.Floor(days)} days"),
    };

    private static string Ago(double days) => days switch
    {
        < 1 => "today",
        < 2 => "1 day ago",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(days)} days ago"),
    };

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames()).Take(3).ToList();
        return names.Count > 0 ? string.Join(", ", names) : certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false);
    }
}
