using Candor.Effects;
using Candor.Judging;
using Candor.Probing;

namespace Candor.Tests.Contracts;

public class CommandProbeTests
{
    private static readonly ProbeTools Allowed = Looking.Tools() with { Processes = new SystemProcesses(TimeProvider.System) };

    [Theory]
    [InlineData(0, "Good", "")]
    [InlineData(1, "Slow", "load is 4 high")]
    [InlineData(2, "Bad", "load is 4 high")]
    [InlineData(3, "None", "load is 4 high")]
    [InlineData(77, "None", "plugin ended with code 77")]
    public async Task The_exit_code_is_the_reading_and_the_output_the_reason(int code, string reading, string reason)
    {
        using var plugin = new Plugin($"echo 'load is 4 high | load=4;;;'\nexit {code}");
        var seen = await Looking.LookAsync($"command: [{plugin.Path}]", tools: Allowed);
        Assert.Equal((reading, reason), (seen.Reading.ToString(), seen.Reason));
        Assert.Equal([new("load", 4, "")], seen.Measurements);
    }

    /// <summary>A reason stands in public texts that Candor writes by itself.</summary>
    [Fact]
    public async Task What_nobody_sees_and_turns_what_follows_is_no_reason()
    {
        using var plugin = new Plugin("printf 'load \\342\\200\\256is \\033high\\n'\nexit 2");
        Assert.Equal("load is  high", (await Looking.LookAsync($"command: [{plugin.Path}]", tools: Allowed)).Reason);
    }

    [Fact]
    public async Task SEC_03_Arguments_reach_the_program_as_they_are()
    {
        using var plugin = new Plugin("printf '%s|' \"$#\" \"$1\" \"$2\" | tr '|' '/'\nexit 2");
        var seen = await Looking.LookAsync($"command: [{plugin.Path}, '; touch pwned; $(id) `id`', '&& reboot']", tools: Allowed);
        Assert.Equal("2/; touch pwned; $(id) `id`/&& reboot/", seen.Reason);
    }

    [Fact]
    public async Task Nothing_runs_unless_it_was_allowed_at_the_start()
    {
        var seen = await Looking.LookAsync("command: [/bin/true]");
        Assert.Equal(Reading.None, seen.Reading);
        Assert.Contains("--allow-commands", seen.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_hangs_is_killed_with_its_children()
    {
        using var plugin = new Plugin("sleep 60 &\nsleep 60");
        var began = TimeProvider.System.GetTimestamp();
        var seen = await Looking.LookAsync($"command: [{plugin.Path}]", seconds: 0.3, tools: Allowed);
        Assert.Equal((Reading.None, "plugin did not end within 300 ms"), (seen.Reading, seen.Reason));
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_flood_of_output_is_dropped_and_the_plugin_still_ends()
    {
        using var plugin = new Plugin("head -c 5000000 /dev/zero | tr '\\0' x\nexit 2");
        var seen = await Looking.LookAsync($"command: [{plugin.Path}]", tools: Allowed);
        Assert.Equal((Reading.Bad, 120), (seen.Reading, seen.Reason.Length));
    }

    [Fact]
    public async Task Our_environment_stays_ours()
    {
        Environment.SetEnvironmentVariable("CANDOR_TEST_SECRET", "hunter2");
        using var plugin = new Plugin("echo \"[$CANDOR_TEST_SECRET]\"\nexit 2");
        Assert.Equal("[]", (await Looking.LookAsync($"command: [{plugin.Path}]", tools: Allowed)).Reason);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_our_trouble() =>
        Assert.Equal(Reading.None, (await Looking.LookAsync("command: [/nonexistent/plugin]", tools: Allowed)).Reading);

    [Fact]
    public async Task A_real_plugin_is_understood()
    {
        const string Dummy = "/usr/lib/nagios/plugins/check_dummy";
        Assert.SkipUnless(File.Exists(Dummy), "needs monitoring-plugins-basic");
        var seen = await Looking.LookAsync($"command: [{Dummy}, '2', 'so it is']", tools: Allowed);
        Assert.Equal((Reading.Bad, "CRITICAL: so it is"), (seen.Reading, seen.Reason));
    }

    /// <summary>A small program on disk.</summary>
    private sealed class Plugin : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("candor-plugin-").FullName;

        public Plugin(string script)
        {
            Path = System.IO.Path.Combine(folder, "plugin");
            File.WriteAllText(Path, "#!/bin/sh\n" + script + "\n");
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        public string Path { get; }

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
