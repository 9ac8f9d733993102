using System.Globalization;
using System.Text;

namespace Candor.SystemTests;

/// <summary>A candor.yaml for tests: local targets allowed, a control target that answers, everything fast.</summary>
public static class SystemSettings
{
    /// <param name="controlPort">A local port that accepts connections, so that <c>local</c> knows that it sees.</param>
    /// <param name="components">Each with one monitor, in YAML's flow style; every and timeout of a second unless given.</param>
    public static string Of(int controlPort, params IReadOnlyList<(string Component, string Monitor)> components)
    {
        var text = new StringBuilder(
            $$"""
            page: { name: Heron Copier, url: "https://status.example.com" }
            egress: { allow: [127.0.0.0/8] }
            vantage: { controls: ["127.0.0.1:{{controlPort}}"] }
            judging: { down_after: 2, up_after: 2 }
            incidents: { automatic: publish, open_after: 0s, resolve_after: 2s }
            components:

            """);
        foreach (var (component, _) in components)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {{ name: {component}, monitors: [{component.ToLowerInvariant()}] }}");
        }

        text.AppendLine("monitors:");
        foreach (var (component, monitor) in components)
        {
            var options = monitor.Trim()[1..^1];
            options = monitor.Contains("every:", StringComparison.Ordinal) ? options : $"{options}, every: 1s";
            options = monitor.Contains("timeout:", StringComparison.Ordinal) ? options : $"{options}, timeout: 1s";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {component.ToLowerInvariant()}: {{{options} }}");
        }

        return text.ToString();
    }
}
