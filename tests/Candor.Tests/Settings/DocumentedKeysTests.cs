using System.Text.RegularExpressions;
using Candor.Settings;
using Candor.Settings.Entries;
using Candor.Settings.Forms;
using Candor.State;

namespace Candor.Tests.Settings;

public sealed partial class DocumentedKeysTests
{
    [Fact]
    public void Every_key_is_documented_and_every_documented_key_exists()
    {
        var known = KnownKeys.BySection();
        var written = Documented();

        Assert.Equal(known.Keys, written.Keys.Order(StringComparer.Ordinal));
        Assert.All(known, section => Assert.Equal(section.Value, written[section.Key].Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_page_of_the_documentation_that_people_copy_from_is_right()
    {
        var text = File.ReadAllText(Sources.Path("docs", "settings.md"));
        var example = text.Split("```yaml\n")[1].Split("```")[0];

        Assert.Single(Written.Declared(example).Monitors);
    }

    [Fact]
    public void The_documented_defaults_are_the_ones_in_force()
    {
        var text = File.ReadAllText(Sources.Path("docs", "settings.md"));

        Assert.Contains($"| `every` | duration, {D(Defaults.EveryLeast)} to {D(Defaults.EveryMost)} | `60s` |", text, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(60), Defaults.Every);
        Assert.Contains($"| `timeout` | duration, {D(Defaults.TimeoutLeast)} to {D(Defaults.TimeoutMost)} | `{D(Defaults.Timeout)}`", text, StringComparison.Ordinal);
        Assert.Contains($"| `down_after` | number, 1 to 100 | {JudgingRules.Default.DownAfter} |", text, StringComparison.Ordinal);
        Assert.Contains($"| `up_after` | number, 1 to 100 | {JudgingRules.Default.UpAfter} |", text, StringComparison.Ordinal);
        Assert.Contains($"| `resolve_after` | duration, 0s to 24h | `{D(Policy.Default.ResolveAfter)}` |", text, StringComparison.Ordinal);
        Assert.Contains($"| `open_after` | duration, 0s to 24h | `{D(Policy.Default.OpenAfter)}` |", text, StringComparison.Ordinal);
        Assert.Contains($"| `controls` | list of `gateway`, `resolvers` or host:port | `[{string.Join(", ", Policy.Default.Controls)}]` |", text, StringComparison.Ordinal);
        Assert.Contains($"| `keep_alive` | duration, {D(Defaults.KeepAliveLeast)} to {D(Defaults.KeepAliveMost)} | `{D(Defaults.KeepAlive)}` |", text, StringComparison.Ordinal);
        Assert.Equal(Defaults.KeepAlive, Candor.Pages.Serving.ServingLimits.Default.IdleMax);
        Assert.Contains($"may hold {Candor.Pages.Serving.ServingLimits.Default.ConnectionsPerAddressMax} connections", text, StringComparison.Ordinal);
        Assert.Contains("1 MiB, 40,000 values and 64 levels", text, StringComparison.Ordinal);
        Assert.Equal((1 << 20, 40_000, 64), (Yaml.BytesMax, Yaml.EntriesMax, Yaml.DepthMax));
        Assert.Contains("At most 2,000 components, 8 levels deep", text, StringComparison.Ordinal);
        Assert.Equal((2_000, 8, 10_000), (Defaults.ComponentsMax, Defaults.ComponentDepthMax, Defaults.MonitorsMax));
    }

    [GeneratedRegex("^\\| `(?<key>[a-z_.]+)` \\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Row();

    private static string D(TimeSpan duration) => Durations.Write(duration);

    private static Dictionary<string, string[]> Documented() => File.ReadAllText(Sources.Path("docs", "settings.md"))
        .Split("\n## ")[1..]
        .Where(section => !section.StartsWith("How values", StringComparison.Ordinal))
        .ToDictionary(
            section => section[..section.IndexOf('\n', StringComparison.Ordinal)],
            section => Row().Matches(section).Select(row => row.Groups["key"].Value).ToArray());
}
