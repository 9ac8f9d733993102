using Candor.Commands;
using Candor.Commands.Probes;
using Candor.Judging;
using Candor.Probing;
using Candor.Testing;

namespace Candor.Tests.Commands;

public class ProbeTimelineTests
{
    [Theory]
    [InlineData(0, 100, "██████████")]
    [InlineData(0, 50, "█████")]
    [InlineData(50, 50, "     █████")]
    [InlineData(0, 14, "█▍")]
    [InlineData(99, 1, "         ▏")]
    [InlineData(0, 0, "▏")]
    public void A_bar_stands_where_its_phase_lay(int from, int length, string bar) => Assert.Equal(
        bar, ProbeTimeline.Bar(TimeSpan.FromMilliseconds(from), TimeSpan.FromMilliseconds(length), TimeSpan.FromMilliseconds(100), 10));

    [Fact]
    public void A_look_is_drawn_with_phases_and_measurements()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(
            output, TextWriter.Null, new(false, false, false, 42), new ManualTimeProvider(DateTimeOffset.UnixEpoch));
        ProbeTimeline.Draw(terminal, new("http", "https://example.com/", "{}"), Finding.Slow("answered after 40 ms, expected within 10 ms") with
        {
            Took = TimeSpan.FromMilliseconds(40),
            Phases = [new("dns", TimeSpan.FromMilliseconds(10)), new("first_byte", TimeSpan.FromMilliseconds(30))],
            Measurements = [new("certificate_days_left", 61, "days")],
        });
        Assert.Equal(
            """
            ! slow https://example.com/ in 40.0 ms: answered after 40 ms, expected within 10 ms

              dns            10.0 ms  █████
              first byte     30.0 ms       ███████████████

              certificate days left  61 days

            """.ReplaceLineEndings("\n"),
            output.ToString());
    }

    [Fact]
    public void Words_of_the_command_line_become_the_settings_they_stand_for()
    {
        var entry = ProbeWords.ToEntry(
            "http", "https://example.com", ["expect.status=200", "expect.json.a.b=c=d", "headers.X.Y=1", "past_cache=true"]);
        var faults = new Candor.Settings.Entries.Faults();
        var check = Candor.Probing.Http.HttpCheck.Read(ProbeWords.ToEntry("http", "https://example.com", ["expect.status=200", "expect.json.a.b=c=d"]), faults);
        Assert.False(faults.Any);
        Assert.Equal(("200", new Candor.Probing.Http.HeaderLine("a.b", "c=d")), (check!.Status, check.Json.Single()));
        Assert.Equal("1", entry.Find("headers")!.Find("X.Y")!.Text);
        Assert.Throws<CommandFault>(() => ProbeWords.ToEntry("http", "https://example.com", ["nonsense"]));
    }

    [Fact]
    public void Default_routes_are_read_from_the_kernels_table() => Assert.Equal(
        ["192.0.2.1"],
        Candor.Effects.SystemNames.ReadGateways(
            "Iface\tDestination\tGateway\tFlags\neth0\t00000000\t010200C0\t0003\neth0\t000200C0\t00000000\t0001\n").Select(g => g.ToString()));
}
