using System.CommandLine;
using System.Globalization;
using Candor.Drills.Simulation;

namespace Candor.Commands.Drills;

/// <summary><c>candor drill simulate</c>: whole nodes in virtual time, with faults from seeds.</summary>
internal static class SimulateDrill
{
    private const int FailingShown = 10;

    public static Command Create(Terminal terminal)
    {
        var seeds = new Option<int>("--seeds") { Description = "How many seeds to run.", DefaultValueFactory = _ => 1000 };
        var first = new Option<ulong>("--first") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong?>("--seed") { Description = "One seed, run twice, with everything that happens in it." };
        var minutes = new Option<int>("--minutes") { Description = "Virtual minutes of each run.", DefaultValueFactory = _ => 20 };
        var json = CommonOptions.Json();
        var command = new CandorCommand("simulate", "Run whole nodes in virtual time with faults from seeds, and check what must always hold.")
        {
            Options = { seeds, first, seed, minutes, json },
            Examples =
            [
                ("candor drill simulate --seeds 1000", "run seeds 1 to 1000 and name those that break a promise"),
                ("candor drill simulate --seed 42", "run seed 42 and print its story"),
            ],
        };
        command.SetAction((parsed, stopping) =>
        {
            var length = TimeSpan.FromMinutes(Math.Max(10, parsed.GetValue(minutes)));
            return Task.FromResult(parsed.GetValue(seed) is { } one
                ? One(terminal, one, length)
                : Many(terminal, Seeds(parsed.GetValue(first), parsed.GetValue(seeds)), length, parsed.GetValue(json), stopping));
        });
        return command;
    }

    private static List<ulong> Seeds(ulong first, int count) =>
        [.. Enumerable.Range(0, Math.Max(1, count)).Select(i => first + (ulong)i)];

    private static int One(Terminal terminal, ulong seed, TimeSpan length)
    {
        var outcome = Run.Of(seed, length);
        terminal.Line(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {length.TotalMinutes} virtual minutes"));
        terminal.Line(outcome.Script.Settings);
        foreach (var fault in outcome.Script.Faults)
        {
            terminal.Line($"  {fault}");
        }

        terminal.Line();
        foreach (var line in outcome.Story)
        {
            terminal.Line($"  {line}");
        }

        terminal.Line();
        var same = Run.Of(seed, length).Hash == outcome.Hash;
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Events} events, {outcome.Steps} steps, hash {outcome.Hash}, a second run {(same ? "is the same" : "DIFFERS")}"));
        Show(terminal, outcome);
        return outcome.Broken.Count == 0 && same ? Exit.Done : Exit.Failed;
    }

    private static int Many(Terminal terminal, List<ulong> seeds, TimeSpan length, bool json, CancellationToken stopping)
    {
        CampaignReport report;
        using (var progress = terminal.Progress("simulating", seeds.Count))
        {
            report = Campaign.Run(seeds, length, terminal.Time, done => progress.Report(done), stopping);
        }

        if (json)
        {
            terminal.Line(System.Text.Json.JsonSerializer.Serialize(
                SimulationFigures.Of(report, length), CommandJson.Readable.SimulationFigures));
        }
        else
        {
            Print(terminal, report, length);
        }

        if (report.Holds)
        {
            return Exit.Done;
        }

        terminal.Fail(
            $"{report.Failing.Count} seeds broke a promise, {report.Different.Count} were not the same twice.",
            $"candor drill simulate --seed {report.Failing.Select(run => run.Seed).Concat(report.Different).First()}");
        return Exit.Failed;
    }

    private static void Print(Terminal terminal, CampaignReport report, TimeSpan length)
    {
        foreach (var run in report.Failing.Take(FailingShown))
        {
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"seed {run.Seed}"));
            Show(terminal, run);
        }

        if (report.Failing.Count > FailingShown)
        {
            terminal.Line($"and seeds {string.Join(", ", report.Failing.Skip(FailingShown).Select(run => run.Seed))}");
        }

        foreach (var seed in report.Different)
        {
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"seed {seed} was not the same twice"));
        }

        terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Runs:N0} runs of {length.TotalMinutes} virtual minutes in {report.Took.TotalSeconds:F1} s: "
            + $"{report.RunsPerSecond:F1} runs/s, {report.Events:N0} events, {report.Failing.Count} failing, "
            + $"{report.Repeated - report.Different.Count} of {report.Repeated} the same twice, hash {report.Hash}"));
    }

    private static void Show(Terminal terminal, RunOutcome run)
    {
        foreach (var sentence in run.Broken)
        {
            terminal.Line($"  {terminal.Paint(Ink.Bad, "✗")} {sentence}");
        }
    }
}

/// <summary>The figures of a campaign, for programs.</summary>
internal sealed record SimulationFigures(
    string Promise, int Runs, double RunsPerSecond, double VirtualMinutes, long Events,
    IReadOnlyList<ulong> Failing, IReadOnlyList<ulong> Different, int Repeated, string Hash)
{
    public static SimulationFigures Of(CampaignReport report, TimeSpan length) => new(
        "P-35", report.Runs, report.RunsPerSecond, length.TotalMinutes, report.Events,
        [.. report.Failing.Select(run => run.Seed)], report.Different, report.Repeated, report.Hash);
}
