using System.Collections.Immutable;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Settings;

/// <summary><c>alerts:</c>. Which tools may send alerts; what is not named is not let in.</summary>
internal static class AlertsReader
{
    public static ImmutableArray<AlertSource> Read(Entry root, Faults faults) => root.Map("alerts", faults) is not { } alerts
        ? []
        :
        [
            .. new[]
            {
                Read(alerts, "alertmanager", AlertTool.Alertmanager, faults),
                Read(alerts, "grafana", AlertTool.Grafana, faults),
                Read(alerts, "datadog", AlertTool.Datadog, faults),
                Read(alerts, "generic", AlertTool.Generic, faults),
            }.OfType<AlertSource>(),
        ];

    private static AlertSource? Read(Entry alerts, string key, AlertTool tool, Faults faults)
    {
        if (alerts.Map(key, faults) is not { } source)
        {
            return null;
        }

        // Whoever can sign has to: the address alone is enough only for tools that cannot do better.
        if (tool == AlertTool.Generic)
        {
            return source.Required("secret", Secret.ReadWritten, faults, out string? secret) ? new(tool, secret) : null;
        }

        return new(tool, source.Value<string?>("secret", Secret.ReadWritten, null, faults));
    }
}
