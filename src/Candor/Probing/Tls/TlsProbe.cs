using System.Text.Json;
using Candor.Settings.Forms;

namespace Candor.Probing.Tls;

/// <summary>A handshake and nothing else: chain, name, days left.</summary>
internal sealed class TlsProbe(TlsCheck check, ProbeTools tools, HostPort at) : IProbe
{
    public static IProbe Open(TlsCheck check, ProbeTools tools) =>
        new TlsProbe(check, tools, HostPort.Read(check.Address, out var at) is { } remedy ? throw new JsonException(remedy) : at);

    public ValueTask<Finding> LookAsync(TimeSpan timeout, CancellationToken cancellation) =>
        Attempt.RunAsync(tools.Time, timeout, ShakeAsync, cancellation);

    private async ValueTask<Finding> ShakeAsync(Attempt attempt)
    {
        var plain = await Dial.OpenAsync(tools.Network, at.Host, at.Port, attempt);
        var secured = await Handshake.SecureAsync(plain, check.Name ?? at.Host, !check.SkipVerify, attempt);
        await secured.Stream.DisposeAsync();
        return Within.Judge(Handshake.Days(secured, check.WarnDays, Finding.Good, attempt), check.Within, attempt);
    }
}
