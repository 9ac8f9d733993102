using System.Text.Json;
using Candor.Commands;
using Candor.Commands.Imports;
using Candor.Tests.Effects;

namespace Candor.Tests.Commands;

public sealed class ImportCommandTests
{
    private const string Report =
        """
        Orders are slow
        Incident Report for Heron
        Postmortem
        Why it was
        The disk was full.
        Posted Feb 04, 2026 - 12:00 UTC
        Resolved
        Over.
        Posted Feb 03, 2026 - 11:30 UTC
        Investigating
        Orders take long.
        Posted Feb 03, 2026 - 09:10 UTC
        This incident affected: Shop (Orders).
        """;

    private readonly FakeDisk disk = new();

    [Fact]
    public async Task A_preview_says_what_when_and_where()
    {
        var said = await ImportAsync(Report, "--dry-run");

        Assert.Equal((Exit.Done, ""), (said.Exit, said.Error));
        Assert.Equal(
            """
            Orders are slow
              postmortem
              resolved    Feb 3, 2026, 11:30 UTC
              affected    Shop > Orders
              Feb 3, 2026, 09:10 UTC        investigating Orders take long.
              Feb 3, 2026, 11:30 UTC        resolved      Over.
              Feb 4, 2026, 12:00 UTC        postmortem    Why it was The disk was full.
              postmortem  29 characters, 1 section, published Feb 4, 2026, 12:00 UTC

            Read 1 incident, 3 updates, 1 postmortem, and 2 components.
            Not on this page, so named in the history only: Shop > Orders.
              → --map "Shop > Orders=NAME" says which component one is
            1 would be entered.
            Nothing was changed: this was a dry run.

            """,
            said.Output);
    }

    [Fact]
    public async Task Json_says_the_same_to_programs()
    {
        using var json = JsonDocument.Parse((await ImportAsync(Report, "--dry-run --json")).Output);

        var incident = json.RootElement.GetProperty("content").GetProperty("incidents")[0];
        Assert.Equal("Orders are slow", incident.GetProperty("title").GetString());
        Assert.Equal("postmortem", incident.GetProperty("status").GetString());
        Assert.Equal("2026-02-03T09:10:00+00:00", incident.GetProperty("updates")[0].GetProperty("at").GetString());
        Assert.False(json.RootElement.GetProperty("applied").GetBoolean());
    }

    [Fact]
    public async Task What_is_missing_is_said_with_the_option_that_gives_it()
    {
        const string report = "Orders are slow\nIncident Report for Heron\nResolved\nOver.\nPosted Feb 03 - 11:30\n";

        var said = await ImportAsync(report, "--dry-run");
        Assert.Contains("has no year; read as 2026", said.Output, StringComparison.Ordinal);
        Assert.Contains("→ give the day on which it began with --date 2026-02-03", said.Output, StringComparison.Ordinal);
        Assert.Contains("→ give the zone with --zone Europe/Paris", said.Output, StringComparison.Ordinal);

        var given = await ImportAsync(report, "--dry-run --date 2024-02-03 --zone Europe/Paris");
        Assert.DoesNotContain("→ give", given.Output, StringComparison.Ordinal);
        Assert.Contains("Feb 3, 2024, 11:30 UTC+1", given.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--without postmortems", "Read 1 incident, 2 updates, and 2 components.")]
    [InlineData("--only components", "Read 2 components.")]
    [InlineData("--only incidents --without postmortems", "Read 1 incident and 2 updates.")]
    public async Task Parts_can_be_taken_and_left(string options, string sum) =>
        Assert.Contains(sum, (await ImportAsync(Report, "--dry-run " + options)).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("--date soon", "--date soon is no day.", "2026-03-04T14:05")]
    [InlineData("--zone Paris", "--zone Paris is no time zone.", "Europe/Paris")]
    [InlineData("--only subscribers", "There is no part “subscribers”.", "The parts are components, incidents")]
    [InlineData("--only 1", "There is no part “1”.", "The parts are")]
    public async Task A_wrong_option_is_named_with_what_to_write(string options, string sentence, string next)
    {
        var said = await ImportAsync(Report, "--dry-run " + options);

        Assert.Equal(Exit.WrongUsage, said.Exit);
        Assert.Contains(sentence, said.Error, StringComparison.Ordinal);
        Assert.Contains(next, said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_one_that_is_no_text_are_refused_by_name()
    {
        var missing = await Shell.RunAsync("candor import text nowhere.txt --dry-run", Command);
        Assert.Equal((Exit.Failed, "candor: There is no file nowhere.txt.\n  next: Name the file that holds it, or - for the standard input.\n"), (missing.Exit, missing.Error));

        var empty = await ImportAsync(" ", "--dry-run");
        Assert.Equal((Exit.Failed, "candor: report.txt: the text is empty.\n  next: Give the text of one report, as copied from its page.\n"), (empty.Exit, empty.Error));
    }

    private async Task<Shell> ImportAsync(string report, string options)
    {
        disk.Files["report.txt"] = System.Text.Encoding.UTF8.GetBytes(report);
        return await Shell.RunAsync($"candor import text report.txt {options} --data /nowhere", Command);
    }

    private System.CommandLine.Command Command(Terminal terminal) => ImportCommand.Create(terminal, disk, new Candor.Drills.Simulation.SeededRandomness(1), static _ => null, ImportTable.All);
}
