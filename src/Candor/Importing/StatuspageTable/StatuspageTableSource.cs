using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Postmortems;

namespace Candor.Importing.StatuspageTable;

/// <summary>A table that somebody made of Statuspage's history pages: a row an incident, its updates as JSON in a cell.</summary>
internal sealed class StatuspageTableSource : IImportSource
{
    private const string Affects = "This incident affected:";

    public string Name => "statuspage-csv";

    public string Title => "Table of a Statuspage history";

    public bool Recognises(SourceFile file) => file.Contains("Incident_Title"u8) && file.Contains("Update_Timestamp"u8);

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings) => new()
    {
        Incidents = [.. files.SelectMany(f => Csv.Rows(f.Text)).Where(r => r.GetValueOrDefault("Incident_Title")?.Trim().Length > 0)
            .Select(r => Incident(r, warnings)).DistinctBy(i => i.Key)],
    };

    private static ImportedIncident Incident(Dictionary<string, string> row, Warnings warnings)
    {
        var title = SourceText.Line(row["Incident_Title"]);
        var updates = Chronicle.OldestFirst(SourceJson.Inner(row.GetValueOrDefault("Updates", "")).Items, TimeOf)
            .Select(u => new ImportedUpdate(TimeOf(u), StatusWords.Incident(u["Update_Title"].Text), SourceText.Body(u["Update_Body"].Text))).ToImmutableArray();
        if (updates.IsEmpty || updates.Any(u => u.At is null))
        {
            warnings.Add($"incident “{title}”", "has updates that are missing or have no time", "compare it with the page");
        }

        var link = row.GetValueOrDefault("Incident_Link", "");
        var report = updates.LastOrDefault(u => u.Status == IncidentStatus.Postmortem);
        return new(link.Contains("/incidents/", StringComparison.Ordinal) ? link[(link.LastIndexOf('/') + 1)..] : SourceKeys.Of(title, updates.Select(u => u.Body)), title)
        {
            Url = link.Length > 0 ? link : null,
            StartedAt = updates.Select(u => u.At).FirstOrDefault(t => t is not null),
            ResolvedAt = Outcome.ResolvedAt(updates),
            Impact = StatusWords.Impact(row.GetValueOrDefault("Incident_Impact", "").Replace("impact-", "", StringComparison.Ordinal)),
            Status = Outcome.Newest(updates),
            Updates = updates,
            Affected = Affected(row.GetValueOrDefault("Service", "")),
            Postmortem = report is null ? null : Postmortems.Make(report.Body, report.At),
        };
    }

    /// <summary>"Posted 1 year ago. May 31, 2023 - 12:00 PDT".</summary>
    private static DateTimeOffset? TimeOf(SourceValue update)
    {
        var text = update["Update_Timestamp"].Line ?? "";
        var ago = text.IndexOf(" ago. ", StringComparison.Ordinal);
        return SourceTimes.Read((ago < 0 ? text.Replace("Posted", "", StringComparison.Ordinal) : text[(ago + 6)..]).Replace(" - ", " ", StringComparison.Ordinal));
    }

    /// <summary>"This incident affected: API, ChatGPT, Labs, and Playground."</summary>
    private static ImmutableArray<ImmutableArray<string>> Affected(string sentence)
    {
        var at = sentence.IndexOf(Affects, StringComparison.Ordinal);
        if (at < 0 || sentence.Contains('(', StringComparison.Ordinal))
        {
            return at < 0 ? [] : [[SourceText.Line(sentence[(at + Affects.Length)..].Trim(' ', '.'))]];
        }

        var names = sentence[(at + Affects.Length)..].Trim(' ', '.', '\n').Replace(", and ", ", ", StringComparison.Ordinal).Replace(" and ", ", ", StringComparison.Ordinal);
        return [.. names.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Select(n => ImmutableArray.Create(n))];
    }
}
