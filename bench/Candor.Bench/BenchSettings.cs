using System.Globalization;
using System.Text;

namespace Candor.Bench;

/// <summary>candor.yaml for benches: so many components, each with one HTTP monitor of a local target.</summary>
internal static class BenchSettings
{
    public static string Of(int services, int port, int control, string every, string judging = "{}")
    {
        var text = new StringBuilder("page: { name: Bench }\ncomponents:\n");
        for (var i = 0; i < services; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ name: Service {i:000}, monitors: [service-{i:000}] }}\n");
        }

        text.Append("monitors:\n");
        for (var i = 0; i < services; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  service-{i:000}: {{ http: \"http://127.0.0.1:{port}/{i}\", every: {every} }}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"judging: {judging}\negress: {{ allow: [127.0.0.0/8] }}\n");
        text.Append(CultureInfo.InvariantCulture, $"vantage: {{ controls: [\"127.0.0.1:{control}\"] }}\n");
        return text.ToString();
    }
}
