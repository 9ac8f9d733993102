using Candor.Commands;
using Candor.Probing;
using Candor.Testing;
using Candor.Tests.Settings;

namespace Candor.Tests.Commands;

public sealed class CheckSettingsTests
{
    private readonly MemoryDisk disk = new(new ManualTimeProvider(Written.Noon));

    [Fact]
    public async Task A_right_file_is_said_to_be_right_with_its_sum_and_its_notes()
    {
        disk.Write("candor.yaml", Written.Complete);
        var said = await CheckAsync("candor check");

        Assert.Equal((Exit.Done, ""), (said.Exit, said.Error));
        Assert.StartsWith("✓ candor.yaml is right: 4 components, 4 monitors.\n", said.Output, StringComparison.Ordinal);
        Assert.Contains("! An agent has to look from each of the places us, eu: `candor place add us` lets one in.", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_is_shown_with_its_line_and_a_caret_below_it()
    {
        disk.Write("my.yaml", "page:\n  name: Heron\nmonitors:\n  a:\n    tcp: a.example:1\n    every: 30 sec\n");
        var said = await CheckAsync("candor check -f my.yaml");

        Assert.Equal(Exit.Failed, said.Exit);
        Assert.Equal(
            """
            line 6, column 12: monitors.a.every is “30 sec”: write a duration such as 30s, 5m or 24h
              6 │     every: 30 sec
                │            ^

            """,
            said.Output);
        Assert.Equal("candor: my.yaml has one fault.\n  next: Mend the lines above; nothing was changed.\n", said.Error);
    }

    [Fact]
    public async Task A_caret_stands_right_behind_tabs_and_in_lines_wider_than_the_terminal()
    {
        disk.Write("tab.yaml", "page:\n\tname: Heron\n");
        Assert.Contains("\n  2 │ \tname: Heron\n    │ ^\n", (await CheckAsync("candor check -f tab.yaml")).Output, StringComparison.Ordinal);

        disk.Write("long.yaml", $"page: {{ name: \"{new string('x', 95)}\", time_zone: Berlin }}\nmonitors: {{}}\n");
        var lines = (await CheckAsync("candor check -f long.yaml")).Output.Split('\n');
        Assert.StartsWith("Berlin", lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.True(lines[1].Length <= 80);
    }

    [Fact]
    public async Task Json_says_the_same_to_programs()
    {
        disk.Write("candor.yaml", "page: {}\n");
        var said = await CheckAsync("candor check --json");

        Assert.Equal(Exit.Failed, said.Exit);
        using var json = System.Text.Json.JsonDocument.Parse(said.Output);
        Assert.False(json.RootElement.GetProperty("right").GetBoolean());
        Assert.Equal("page", json.RootElement.GetProperty("faults")[0].GetProperty("path").GetString());
        Assert.NotEqual("", said.Error);
    }

    [Fact]
    public async Task A_missing_file_is_a_sentence_with_the_next_step()
    {
        var said = await CheckAsync("candor check -f nowhere.yaml");

        Assert.Equal(Exit.Failed, said.Exit);
        Assert.StartsWith("candor: There is no file nowhere.yaml.\n  next: ", said.Error, StringComparison.Ordinal);
    }

    private Task<Shell> CheckAsync(string line) =>
        Shell.RunAsync(line, terminal => CheckCommand.Create(terminal, disk, CheckKinds.All));
}
