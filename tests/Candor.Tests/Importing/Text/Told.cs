using System.Globalization;
using Candor.Importing;
using Candor.Importing.Text;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Importing.Text;

/// <summary>Reports as tests read them, and what came of it in words that fit on a line.</summary>
internal static class Told
{
    public static readonly DateTimeOffset Now = Utc("2026-03-10 20:00");

    public static ImportHints Hints { get; } = new(Now);

    public static Imported Read(string text, ImportHints? hints = null) =>
        ReportReader.Read(text, hints ?? Hints, TestContext.Current.CancellationToken).Content
        ?? throw new InvalidOperationException("The text was refused.");

    public static ImportedIncident Incident(string text, ImportHints? hints = null) => Assert.Single(Read(text, hints).Incidents);

    public static DateTimeOffset Utc(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>"2024-02-29 10:55 Investigating", in UTC; "?" where there is no time, "Update" where the status is kept.</summary>
    public static IEnumerable<string> Lines(this ImportedIncident incident) => incident.Updates.Select(update => $"{Word(update.At)} {update.Status?.ToString() ?? "Update"}");

    public static IEnumerable<string> Times(this ImportedIncident incident) => incident.Updates.Select(update => Word(update.At));

    public static string Word(DateTimeOffset? at) =>
        at is { } known ? known.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "?";

    public static IEnumerable<string> Paths(this ImportedIncident incident) => incident.Affected.Select(path => string.Join(" > ", path));

    /// <summary>"Frontend MajorOutage 2026-03-09 19:09/2026-03-10 04:59".</summary>
    public static IEnumerable<string> Stretches(this ImportedIncident incident) => incident.Intervals.Select(interval =>
        $"{string.Join(" > ", interval.Component)} {interval.Status} {Word(interval.From)}/{Word(interval.Until)}");

    public static IEnumerable<string> Down(this ImportedIncident incident) =>
        incident.Downtimes.Select(downtime => $"{Word(downtime.Began)}/{Word(downtime.Ended)}");

    /// <summary>Every word of a text, in order, is in another.</summary>
    public static void KeepsEveryWord(string text, string kept)
    {
        var words = Words(kept);
        var at = 0;
        foreach (var word in Words(text))
        {
            at = words.IndexOf(word, at);
            Assert.True(at >= 0, $"“{word}” is lost, or has moved.");
            at++;
        }

        static List<string> Words(string from) => [.. from.Split((char[])[' ', '\n', '\r', '\t', '*', '#', '•'], StringSplitOptions.RemoveEmptyEntries)];
    }
}
