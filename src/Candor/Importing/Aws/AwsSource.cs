using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;

namespace Candor.Importing.Aws;

/// <summary>AWS: <c>data.json</c> of the dashboard until 2023 (one row for each service and region) and today's events.</summary>
internal sealed class AwsSource : IImportSource
{
    public string Name => "aws";

    public string Title => "AWS";

    public bool Recognises(SourceFile file) => Events(file.Json).ToList() is { Count: > 0 } events && events.TrueForAll(e => IsRow(e) || e.HasAll("arn", "event_log"));

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        warnings.Add("incidents", "stand there once for each service and region", "merge those that were one after the import");
        return new()
        {
            PageName = "AWS",
            Incidents = [.. files.SelectMany(f => Events(f.Json)).Select(e => IsRow(e) ? Row(e, warnings) : Event(e)).DistinctBy(i => i.Key)],
        };
    }

    private static IEnumerable<SourceValue> Events(SourceValue root) =>
        root.IsList ? root.Items : root["archive"].IsList || root["current"].IsList ? root["archive"].Items.Concat(root["current"].Items)
        : root.Members.SelectMany(m => m.Value.Items);

    private static bool IsRow(SourceValue value) => value.HasAll("service", "summary", "date", "description");

    /// <summary>0 well, 1 information, 2 degradation, 3 disruption; as a number or a text.</summary>
    private static ComponentStatus? Status(SourceValue status) => status.Text switch
    {
        "0" => ComponentStatus.Operational,
        "1" => ComponentStatus.DegradedPerformance,
        "2" => ComponentStatus.PartialOutage,
        "3" => ComponentStatus.MajorOutage,
        _ => null,
    };

    private static ImportedIncident Row(SourceValue row, Warnings warnings)
    {
        var began = row["date"].Time;
        var title = row["summary"].Line ?? "Untitled";
        var updates = AwsUpdates.Read(row["description"].Text ?? "", began, title, warnings);
        return new Telling($"{row["service"].Line}/{row["date"].Text}/{SourceKeys.Of(title, [row["description"].Text])[7..15]}",
            title.Replace("[RESOLVED]", "", StringComparison.Ordinal).Trim(), updates)
        {
            Began = began,
            IsOver = title.Contains("[RESOLVED]", StringComparison.Ordinal),
            Status = Status(row["status"]),
            Affected = [Path(row["service_name"].Line ?? row["service"].Line ?? "AWS")],
        }.Make() with { StartedAt = began ?? updates.Select(u => u.At).FirstOrDefault() };
    }

    private static ImportedIncident Event(SourceValue told)
    {
        var updates = Chronicle.OldestFirst(told["event_log"].Items, e => e["timestamp"].Time)
            .Select(e => new ImportedUpdate(e["timestamp"].Time, null, SourceText.Body(e["message"].Text))).ToImmutableArray();
        var region = told["region_name"].Line;
        var services = told["impacted_services"].Members.Select(s => s.Value["service_name"].Line ?? s.Name)
            .Concat(told["impacted_service_status_changes"].Items.Select(s => s["service_name"].Line ?? s["service"].Line)).OfType<string>().Distinct().ToList();
        return new Telling(told["arn"].Line!, told["summary"].Line ?? "Untitled", updates)
        {
            Began = told["date"].Time,
            Ended = told["end_time"].Time,
            IsOver = told["status"].Text == "0",
            Status = Status(told["status"]),
            Affected = [.. (services.Count > 0 ? services : [told["service_name"].Line ?? "AWS"])
                .Select(s => region is null ? ImmutableArray.Create(s) : [s, region])],
        }.Make();
    }

    /// <summary>"Amazon EC2 (Ohio)": the service, and the region within it.</summary>
    private static ImmutableArray<string> Path(string name)
    {
        var opens = name.LastIndexOf(" (", StringComparison.Ordinal);
        return opens > 0 && name.EndsWith(')') ? [name[..opens], name[(opens + 2)..^1]] : [name];
    }
}
