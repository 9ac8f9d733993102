using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Candor.Importing;
using Candor.Importing.Reading;

namespace Candor.Bench;

/// <summary>Another page's 3 MB of incidents: read alone, and by the whole command into a folder, start of the process included.</summary>
internal static class ImportBench
{
    private const int Bytes = 3_000_000;
    private const int Runs = 5;
    private static readonly DateTimeOffset First = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-").FullName;
        try
        {
            var (incidents, content) = MadeUp();
            var file = Path.Combine(folder, "incidents.json");
            await File.WriteAllBytesAsync(file, content, cancellation);
            var (read, whole) = (new List<double>(), new List<double>());
            for (var run = 0; run < Runs; run++)
            {
                var began = Stopwatch.GetTimestamp();
                if (ImportSources.Read([new SourceFile("incidents.json", content)]).Imported?.Incidents.Length != incidents)
                {
                    throw new InvalidOperationException("Not every incident was read.");
                }

                read.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
                whole.Add(await EnterAsync(file, Path.Combine(folder, $"data-{run}"), incidents, cancellation));
            }

            read.Sort();
            whole.Sort();
            var note = string.Create(CultureInfo.InvariantCulture, $"{content.Length / 1e6:0.0} MB, {incidents} incidents with 4 updates each");
            return
            [
                new("import.read", content.Length / 1e6 / read[Runs / 2], "MB/s", null, $"{note}: read and understood"),
                new("import.whole", whole[Runs / 2], "s", 2, $"{note}: the whole command, from the shell's prompt to the next, durable"),
                new("import.rate", incidents / whole[Runs / 2], "incidents/s", null, "the same as a rate"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> EnterAsync(string file, string data, int incidents, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var command = Process.Start(new ProcessStartInfo(ServedCandor.Program(), ["import", "statuspage", file, "--data", data, "--yes"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var said = await command.StandardOutput.ReadToEndAsync(cancellation);
        await command.WaitForExitAsync(cancellation);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return command.ExitCode == 0 && said.Replace(",", "", StringComparison.Ordinal).Contains($"{incidents} entered", StringComparison.Ordinal)
            ? took
            : throw new InvalidOperationException($"The import failed: {said}");
    }

    /// <summary>As many made-up incidents as make 3 MB, one every twenty hours.</summary>
    private static (int Incidents, byte[] Content) MadeUp()
    {
        using var into = new MemoryStream();
        using var json = new Utf8JsonWriter(into);
        json.WriteStartObject();
        json.WriteStartObject("page");
        json.WriteString("id", "abcdefghijkl");
        json.WriteString("name", "Old Heron");
        json.WriteString("url", "https://old.heron.example");
        json.WriteEndObject();
        json.WriteStartArray("incidents");
        var incidents = 0;
        for (; into.Length + json.BytesPending < Bytes; incidents++)
        {
            Write(json, incidents);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return (incidents, into.ToArray());
    }

    private static void Write(Utf8JsonWriter json, int number)
    {
        var at = First.AddHours(20 * number);
        json.WriteStartObject();
        json.WriteString("id", $"i{number}");
        json.WriteString("name", $"Elevated errors {number}");
        json.WriteString("status", "resolved");
        json.WriteString("impact", "minor");
        json.WriteString("created_at", at);
        json.WriteString("started_at", at);
        json.WriteString("resolved_at", at.AddMinutes(90));
        json.WriteStartArray("components");
        json.WriteStartObject();
        json.WriteString("id", $"c{number % 8}");
        json.WriteString("name", $"Service {number % 8}");
        json.WriteString("status", "operational");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("incident_updates");
        foreach (var (status, minute) in new[] { ("resolved", 90), ("monitoring", 60), ("identified", 30), ("investigating", 0) })
        {
            json.WriteStartObject();
            json.WriteString("id", $"u{number}-{minute}");
            json.WriteString("status", status);
            json.WriteString("body", string.Concat(Enumerable.Repeat("We are looking into elevated error rates of one of our services. ", 5)));
            json.WriteString("display_at", at.AddMinutes(minute));
            json.WriteString("created_at", at.AddMinutes(minute));
            json.WriteStartArray("affected_components");
            json.WriteStartObject();
            json.WriteString("code", $"c{number % 8}");
            json.WriteString("name", $"Service {number % 8}");
            json.WriteString("old_status", minute == 0 ? "operational" : "partial_outage");
            json.WriteString("new_status", minute == 90 ? "operational" : "partial_outage");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
