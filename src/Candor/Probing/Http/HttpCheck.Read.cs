using System.Collections.Immutable;
using Candor.Effects;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Probing.Http;

internal sealed partial record HttpCheck
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    // The handler writes these itself; a second one would change what the request is.
    private static readonly string[] Framing = ["Host", "Connection", "Content-Length", "Transfer-Encoding", "Accept-Encoding", "Expect", "Upgrade", "TE"];

    private static readonly string[] Credentials =
        ["Authorization", "Proxy-Authorization", "Cookie", "X-Api-Key", "Api-Key", "X-Auth-Token", "X-Access-Token"];

    /// <summary><c>http: https://…</c> and the keys beside it.</summary>
    public static HttpCheck? Read(Entry monitor, Faults faults)
    {
        var expect = monitor.Map("expect", faults);
        var certificate = monitor.Map("certificate", faults);
        var check = new HttpCheck("")
        {
            Method = monitor.Value<string?>("method", Words.Of(Methods)!, null, faults),
            User = monitor.Value<string?>("user", Texts.UpTo(200)!, null, faults),
            Password = monitor.Value<string?>("password", Secret.ReadWritten, null, faults),
            Headers = Lines(monitor, "headers", HeaderName, SecretText!, faults),
            Send = monitor.Value<string?>("send", Texts.LinesUpTo(65_536)!, null, faults),
            Status = expect is null ? null : expect.Value<StatusRanges?>("status", StatusRanges.Read!, null, faults)?.Written,
            Body = expect?.Value<string?>("body", Texts.LinesUpTo(1_000)!, null, faults),
            BodyMatches = expect?.Value<string?>("body_matches", Pattern, null, faults),
            BodyLacks = expect?.Value<string?>("body_lacks", Texts.LinesUpTo(1_000)!, null, faults),
            Header = expect is null ? default : Lines(expect, "header", HeaderName, Texts.UpTo(1_000), faults),
            Json = expect is null ? default : Lines(expect, "json", Path, Texts.UpTo(1_000), faults),
            Within = Probing.Within.Read(expect, faults),
            KeepRedirects = monitor.Value("redirects", Words.Of(("follow", false), ("refuse", true)), false, faults),
            SkipVerify = certificate is not null && !certificate.Value("verify", Booleans.Read, true, faults),
            CertificateWarnDays = certificate?.Find("warn") is { } warn && warn.Read<int>(Days, faults, out var days) ? days : null,
            PastCache = monitor.Value("past_cache", Booleans.Read, false, faults),
            Origin = monitor.Value<string?>("origin", OriginForm, null, faults),
        };
        return monitor.Required<string>("http", WebUrl, faults, out var url) ? check with { Url = url } : null;
    }

    internal static string? WebUrl(string text, out string? value)
    {
        var uri = WebAddress.Read(text, out var fault);
        value = uri?.AbsoluteUri;
        return uri is not null ? null
            : HostNames.IsHost(text) ? $"write https://{text}/"
            : text.Contains("://", StringComparison.Ordinal) ? $"write an address such as https://example.com/ ({fault})"
            : "write an address such as https://example.com/";
    }

    internal static string? OriginForm(string text, out string? value)
    {
        var remedy = HostPort.Or(0)(text, out var read);
        value = read is null ? null : read.Port == 0 ? read.Host : read.ToString();
        return remedy;
    }

    private static string? Pattern(string text, out string? value)
    {
        value = text;
        return BodyPattern.Check(text);
    }

    internal static string? Path(string text) => JsonPath.Read(text) is null ? "write a path such as status or items[0].state" : null;

    internal static string? HeaderName(string text) =>
        text.Length is 0 or > 100 || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? "write a header name such as Authorization"
        : Framing.Contains(text, StringComparer.OrdinalIgnoreCase) ? "leave it out: Candor writes this header itself"
        : null;

    internal static string? SecretText(string text, out string? value)
    {
        var remedy = Secret.Read(text, out var secret);
        value = secret?.Written;
        return remedy;
    }

    /// <summary>Whole days, written as a duration: 14d.</summary>
    internal static string? Days(string text, out int value)
    {
        var remedy = Durations.Between(TimeSpan.FromDays(1), TimeSpan.FromDays(365))(text, out var duration);
        value = (int)duration.TotalDays;
        return remedy;
    }

    /// <summary>The options of a check are kept for ever; what opens a door must not be among them.</summary>
    private static bool IsInTheOpen(Member header) =>
        Credentials.Contains(header.Key, StringComparer.OrdinalIgnoreCase)
        && Secret.Read(header.Entry.Text, out var text) is null && text!.Names.Count == 0;

    internal static ImmutableArray<HeaderLine> Lines(
        Entry parent, string key, Func<string, string?> name, Form<string> form, Faults faults)
    {
        var lines = ImmutableArray.CreateBuilder<HeaderLine>();
        foreach (var member in parent.Map(key, faults)?.Members(faults) ?? [])
        {
            if (name(member.Key) is { } remedy)
            {
                faults.Add(member.Wrong("cannot be used", remedy));
            }
            else if (key == "headers" && IsInTheOpen(member))
            {
                faults.Add(member.Wrong("holds a secret", "write it as $NAME and put it into the environment variable NAME"));
            }
            else if (member.Entry.Read(form, faults, out var value))
            {
                lines.Add(new(member.Key, value));
            }
        }

        lines.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return lines.Count == 0 ? default : lines.ToImmutable();
    }
}
