using System.Net;
using Candor.Settings.Entries;
using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary><c>serving:</c>. What stands in front of the page.</summary>
internal static class ServingReader
{
    public static ServingSettings Read(Entry root, Faults faults)
    {
        var otherwise = new ServingSettings();
        if (root.Map("serving", faults) is not { } serving)
        {
            return otherwise;
        }

        return new()
        {
            KeepAlive = serving.Value(
                "keep_alive", Durations.Between(Defaults.KeepAliveLeast, Defaults.KeepAliveMost), otherwise.KeepAlive, faults),
            TrustedProxies = [.. serving.List<IPNetwork>("trusted_proxies", ReadProxy, faults).Distinct()],
        };
    }

    /// <summary>To trust everybody would take the bound on connections away from everybody.</summary>
    private static string? ReadProxy(string text, out IPNetwork value) =>
        Cidrs.Read(text, out value)
        ?? (value.PrefixLength == 0 ? "name the proxies themselves, such as 10.0.0.7 or 10.0.0.0/24" : null);
}
