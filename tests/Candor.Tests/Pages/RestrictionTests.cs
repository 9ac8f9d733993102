using System.Text;
using Candor.Settings;

namespace Candor.Tests.Pages;

/// <summary>Which saved pages may be shown before the settings of a start are known.</summary>
public sealed class RestrictionTests
{
    private const string Path = "candor.yaml";
    private const string Open = "page: { name: Heron }\n";
    private const string Closed = "page: { name: Heron, only_for: [staff] }\naudiences: { staff: { links: true } }\n";

    [Theory]
    [InlineData(Open, Open, true)]
    [InlineData(Closed, Closed, true)]
    [InlineData(Open, Closed, false)]
    [InlineData(Closed, Open, true)]
    [InlineData(Open, Open + "# other words\n", true)]
    [InlineData(Closed, Closed + "# other words\n", false)]
    public void Where_the_file_changed_and_knows_audiences_nothing_is_shown(string before, string now, bool isShown)
    {
        var disk = new MemoryDisk();
        disk.Files[Path] = Encoding.UTF8.GetBytes(now);

        Assert.Equal(isShown, new Restriction(disk, Path).IsOpenFor(SettingsWatch.MarkOf(Encoding.UTF8.GetBytes(before))));
    }

    [Fact]
    public void A_file_that_is_gone_changes_nothing() =>
        Assert.True(new Restriction(new MemoryDisk(), Path).IsOpenFor(SettingsWatch.MarkOf(Encoding.UTF8.GetBytes(Closed))));
}
