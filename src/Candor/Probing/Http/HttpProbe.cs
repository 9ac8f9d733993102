using System.Globalization;
using System.Net.Security;
using System.Text.Json;
using Candor.Effects;
using Candor.Settings.Forms;

namespace Candor.Probing.Http;

/// <summary>One request with its redirects: dns, connect, tls, first byte, body.</summary>
internal sealed class HttpProbe : IProbe
{
    private readonly HttpCheck check;
    private readonly ProbeTools tools;
    private readonly Uri target;
    private readonly HostPort? origin;
    private readonly Func<HttpResponseMessage, Attempt, ValueTask<Finding>> judge;

    /// <param name="judge">What the answer means, once it is not a redirect that is followed.</param>
    public HttpProbe(HttpCheck check, ProbeTools tools, Func<HttpResponseMessage, Attempt, ValueTask<Finding>> judge)
    {
        (this.check, this.tools, this.judge) = (check, tools, judge);

        // The rules of the settings are applied again: what is probed may come from an older build or over the wire.
        target = WebAddress.Read(check.Url, out var fault) ?? throw new JsonException(fault);
        origin = check.Origin is null ? null : Origin(check.Origin, target.Port);
    }

    public static IProbe Open(HttpCheck check, ProbeTools tools)
    {
        var expectation = new HttpExpectation(check);
        return new HttpProbe(check, tools, (response, attempt) => expectation.JudgeAsync(response, attempt.Token));
    }

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Attempt.RunAsync(tools.Time, timeout, FollowAsync, cancellation);

    /// <summary>The same as a part of a look that has others.</summary>
    public async ValueTask<Finding> FollowAsync(Attempt attempt)
    {
        var at = check.PastCache ? HttpRequests.PastCache(target, tools.Randomness) : target;
        for (var hop = 0; ; hop++)
        {
            var (finding, next) = await HopAsync(at, attempt);
            if (next is null)
            {
                return Within.Judge(finding, check.Within, attempt);
            }

            if (hop == HttpCheck.RedirectsMax)
            {
                return Finding.Bad($"redirects more than {HttpCheck.RedirectsMax} times");
            }

            at = next;
        }
    }

    private async ValueTask<(Finding Finding, Uri? Next)> HopAsync(Uri at, Attempt attempt)
    {
        var isHome = HttpRequests.SameOrigin(at, target);
        using var request = HttpRequests.Make(check, at, isHome, tools.Secrets);
        Secured? secured = null;
        return await HttpLanes.Shared.ExchangeAsync(
            request,
            async _ =>
            {
                // The attempt's own token, not the handler's: connecting must end with the probe.
                var (host, port) = isHome && origin is not null ? (origin.Host, origin.Port) : (at.IdnHost, at.Port);
                var plain = await Dial.OpenAsync(tools.Network, host, port, attempt);
                if (at.Scheme != Uri.UriSchemeHttps)
                {
                    attempt.Begin(Attempt.FirstByte);
                    return plain;
                }

                var secure = await Handshake.SecureAsync(
                    plain, at.IdnHost, !check.SkipVerify, attempt, SslApplicationProtocol.Http11);
                attempt.Begin(Attempt.FirstByte);
                secured = secure;
                return secure.Stream;
            },
            response => AnsweredAsync(response, at, secured, attempt),
            attempt.Token);
    }

    private async ValueTask<(Finding Finding, Uri? Next)> AnsweredAsync(
        HttpResponseMessage response, Uri at, Secured? secured, Attempt attempt)
    {
        attempt.Begin(Attempt.Body);
        if (!check.KeepRedirects && HttpRequests.Redirect(response) is { } location)
        {
            return HttpRequests.Next(at, location, out var fault) is { } next ? (Finding.Good, next) : (Finding.Bad(fault), null);
        }

        attempt.Measurements.Add(new("status", (int)response.StatusCode, ""));
        var finding = await judge(response, attempt);
        return (Handshake.Days(secured, check.CertificateWarnDays, finding, attempt), null);
    }

    private static HostPort Origin(string text, int port) =>
        HostPort.Or(port)(text, out var value) is { } remedy ? throw new JsonException(remedy) : value!;
}
