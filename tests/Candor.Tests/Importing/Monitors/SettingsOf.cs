using System.Text;
using Candor.Importing;
using Candor.Probing;
using Candor.Settings;

namespace Candor.Tests.Importing.Monitors;

/// <summary>The settings that an import proposes, put together as a person would: they must be settings.</summary>
internal static class SettingsOf
{
    public static string Whole(Imported read)
    {
        var yaml = new StringBuilder("page:\n  name: Heron\nmonitors:\n");
        foreach (var monitor in read.Monitors)
        {
            yaml.Append("  ").Append(monitor.Name).Append(":\n    ").Append(monitor.Yaml.TrimEnd('\n').Replace("\n", "\n    ", StringComparison.Ordinal)).Append('\n');
        }

        var answer = new SettingsReader(CheckKinds.All).Read(Encoding.UTF8.GetBytes(yaml.ToString()));
        Assert.True(answer.Faults.Count == 0, string.Join('\n', answer.Faults) + "\n\n" + yaml);
        return yaml.ToString();
    }
}
