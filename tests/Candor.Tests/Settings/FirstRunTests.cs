using System.Text;
using System.Text.RegularExpressions;
using Candor.Probing;
using Candor.Settings;

namespace Candor.Tests.Settings;

public sealed partial class FirstRunTests
{
    [Fact]
    public void The_built_in_settings_are_right_for_the_kinds_that_there_are()
    {
        var built = FirstRun.Declare(new SettingsReader(CheckKinds.All));

        Assert.True(built.Page.FirstRun);
        Assert.Equal(["disk", "journal", "names"], built.Monitors.Select(m => m.Id.Value["self-".Length..]));
        Assert.All(built.Monitors, monitor => Assert.Equal("self", monitor.Check.Kind));
    }

    [Fact]
    public void The_example_on_the_first_page_can_be_copied_as_it_is()
    {
        var page = File.ReadAllText(Sources.Path("src", "Candor", "Pages", "Html", "FirstSteps.razor"));
        var example = Example().Match(page).Groups["yaml"].Value.Replace("\n        ", "\n", StringComparison.Ordinal);

        var answer = new SettingsReader(CheckKinds.All).Read(Encoding.UTF8.GetBytes(example));
        Assert.Empty(answer.Faults);
        Assert.Empty(answer.Declaration!.Notes);
    }

    [GeneratedRegex("\"\"\"\\s*(?<yaml>page:.*?)\"\"\"", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Example();
}
