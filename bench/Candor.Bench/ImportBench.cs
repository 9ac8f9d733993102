using System.Diagnostics;
using System.Text.Json;
using Candor.Commands;
using Candor.Importing;
using Candor.Importing.Entering;
using Candor.Importing.Reading;
using Candor.Journal;
using Candor.State;

namespace Candor.Bench;

/// <summary>Another page's past: a file of 3 MB as Statuspage gives it out, read, planned and decided into facts, and stored.</summary>
internal static class ImportBench
{
    private const int FileBytes = 3_000_000;
    private const int Runs = 5;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var file = Made();
        var (read, entered, stored, incidents) = (new List<double>(), new List<double>(), new List<double>(), 0);
        for (var run = 0; run < Runs; run++)
        {
            cancellation.ThrowIfCancellationRequested();
            var began = Stopwatch.GetTimestamp();
            var imported = Read(file);
            read.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            began = Stopwatch.GetTimestamp();
            incidents = Enter(imported);
            entered.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            stored.Add(await StoreAsync(file, incidents, cancellation));
        }

        var inMemory = Median(read) + Median(entered);
        return
        [
            new("import.read", Median(read), "s", null, $"a file of {FileBytes / 1_000_000} MB with {incidents:N0} incidents, median of {Runs}"),
            new("import.enter", Median(entered), "s", null, "the same planned, decided and folded in parts of 100, without a disk"),
            new("import.rate", incidents / inMemory, "incidents/s", null, "both together"),
            new("import.disk", Median(stored), "s", 2, "file to durable in a new data folder's journal, opened, flushed at each part and closed"),
            new("import.disk.slowest", stored.Max(), "s", 2, $"the slowest of {Runs}"),
            new("import.disk.rate", incidents / Median(stored), "incidents/s", null, "onto the disk"),
        ];
    }

    private static double Median(List<double> times) => times.Order().ElementAt(Runs / 2);

    private static Imported Read(byte[] file) => ImportSources.Read([new SourceFile("incidents.json", file)]).Imported
        ?? throw new InvalidOperationException("The made-up file was not read.");

    private static IEnumerable<ImportRequest> PartsOf(Imported imported) => ImportRequest.Of("statuspage", imported, "Heron Copier").Parts();

    private static Decision<Event> Decide(ImportRequest part, World world, DateTimeOffset now)
    {
        var (plan, refusal) = ImportPlan.Of(part, world, now);
        return plan is null ? refusal! : plan.Decide(Actor.Shell);
    }

    private static int Enter(Imported imported)
    {
        var (world, now) = (World.Fold(World.Empty, new PageConfigured(DateTimeOffset.UnixEpoch, Page.Unconfigured)), TimeProvider.System.GetUtcNow());
        foreach (var part in PartsOf(imported))
        {
            var decided = Decide(part, world, now);
            world = decided.Refusal is { } refusal ? throw new InvalidOperationException(refusal.Sentence) : decided.Events.Aggregate(world, World.Fold);
        }

        return world.Incidents.Count;
    }

    /// <summary>Seconds for the whole way as <c>candor import</c> goes it where no server works, the program's start left out.</summary>
    private static async Task<double> StoreAsync(byte[] file, int incidents, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            var began = Stopwatch.GetTimestamp();
            await OfflineJournal.UseAsync(
                folder,
                "Nobody else works here.",
                TimeProvider.System,
                async journal =>
                {
                    foreach (var part in PartsOf(Read(file)))
                    {
                        await OfflineJournal.CommitAsync(journal, world => Decide(part, world, TimeProvider.System.GetUtcNow()), cancellation);
                    }
                },
                cancellation);
            var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return OfflineJournal.Read(folder, TimeProvider.System).Incidents.Count == incidents
                ? took
                : throw new InvalidOperationException("The folder does not hold every incident of the file.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Incidents of three updates each, a few hours apart, until the file is as large as asked for.</summary>
    private static byte[] Made()
    {
        using var into = new MemoryStream();
        using (var json = new Utf8JsonWriter(into))
        {
            json.WriteStartObject();
            json.WriteStartObject("page");
            json.WriteString("id", "heroncopier0");
            json.WriteString("name", "Heron Copier");
            json.WriteString("url", "https://status.example.com");
            json.WriteString("time_zone", "Etc/UTC");
            json.WriteEndObject();
            json.WriteStartArray("incidents");
            for (var i = 0; into.Length + json.BytesPending < FileBytes; i++)
            {
                WriteIncident(json, i);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return into.ToArray();
    }

    private static void WriteIncident(Utf8JsonWriter json, int i)
    {
        var began = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(-5 * i);
        json.WriteStartObject();
        json.WriteString("id", $"incident{i:0000}");
        json.WriteString("name", $"Mail was slow for the {i}th time");
        json.WriteString("status", "resolved");
        json.WriteString("impact", i % 3 == 0 ? "major" : "minor");
        json.WriteString("created_at", began);
        json.WriteString("updated_at", began.AddHours(2));
        json.WriteString("resolved_at", began.AddHours(2));
        json.WriteString("page_id", "heroncopier0");
        json.WriteStartArray("incident_updates");
        foreach (var (at, status) in (ReadOnlySpan<(int, string)>)[(120, "resolved"), (40, "identified"), (0, "investigating")])
        {
            json.WriteStartObject();
            json.WriteString("id", $"update{i:0000}{at:00}");
            json.WriteString("incident_id", $"incident{i:0000}");
            json.WriteString("status", status);
            json.WriteString("body", string.Concat(Enumerable.Repeat("Some customers wait for their mail longer than usual. ", 4)));
            json.WriteString("created_at", began.AddMinutes(at));
            json.WriteString("updated_at", began.AddMinutes(at));
            json.WriteString("display_at", began.AddMinutes(at));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
