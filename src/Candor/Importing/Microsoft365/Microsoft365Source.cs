using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.State;
using Candor.State.Postmortems;

namespace Candor.Importing.Microsoft365;

/// <summary>Microsoft 365 by Graph's answers: health overviews (also as a table) and issues with their posts.</summary>
internal sealed class Microsoft365Source : IImportSource
{
    public string Name => "microsoft365";

    public string Title => "Microsoft 365";

    public bool Recognises(SourceFile file) => IsTable(file)
        || (file.Json["value"] is { Says: true } list && list.Items.All(i => i.HasAll("id", "service", "status")));

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var values = files.Where(f => !IsTable(f)).SelectMany(f => f.Json["value"].Items).ToList();
        var tree = new ComponentTree(warnings);
        foreach (var service in values.Where(v => !v.Has("posts")))
        {
            tree.Add(service["id"].Text, service["service"].Text, status: Status(service["status"].Text));
        }

        foreach (var row in files.Where(IsTable).SelectMany(f => Csv.Rows(f.Text)))
        {
            tree.Add(row.GetValueOrDefault("id"), row.GetValueOrDefault("service"), status: Status(row.GetValueOrDefault("status")));
        }

        foreach (var file in files.Where(f => f.Json["@odata.nextLink"].Says))
        {
            warnings.Add(file.Path, "is one page of several", "fetch the others (@odata.nextLink) and put them into one folder");
        }

        return new()
        {
            PageName = "Microsoft 365",
            Components = tree.Make(),
            Incidents = [.. values.Where(v => v.Has("posts")).Select(i => Issue(i, warnings)).DistinctBy(i => i.Key)],
        };
    }

    private static bool IsTable(SourceFile file) => file.Bytes.Span.StartsWith("service,status,id"u8);

    private static ComponentStatus? Status(string? word) => word switch
    {
        null => null,
        "serviceOperational" or "serviceRestored" or "falsePositive" or "resolved" or "resolvedExternal" or "mitigated" or "mitigatedExternal"
            or "postIncidentReviewPublished" => ComponentStatus.Operational,
        "serviceInterruption" => ComponentStatus.MajorOutage,
        "investigating" or "verifyingService" or "restoringService" or "serviceDegradation" or "extendedRecovery" or "investigationSuspended"
            or "reported" or "confirmed" => ComponentStatus.DegradedPerformance,
        _ => null,
    };

    private static ImportedIncident Issue(SourceValue issue, Warnings warnings)
    {
        var posts = Chronicle.OldestFirst(issue["posts"].Items, p => p["createdDateTime"].Time)
            .Select(p => new ImportedUpdate(p["createdDateTime"].Time, null, Markup.ToMarkdown(p["description"]["content"].Text))).ToImmutableArray();
        var reported = issue["status"].Text == "postIncidentReviewPublished" && posts.Length > 0;
        if (reported)
        {
            posts = posts.SetItem(posts.Length - 1, posts[^1] with { Status = IncidentStatus.Postmortem });
            warnings.Add($"issue {issue["id"].Line}", "has a report that is a document of its own", "download it in the admin center and copy what matters");
        }

        var made = new Telling(issue["id"].Line!, issue["title"].Line ?? "Untitled", posts)
        {
            Began = issue["startDateTime"].Time,
            Ended = issue["endDateTime"].Time,
            IsOver = issue["isResolved"].Truth is true,
            Status = issue["classification"].Text == "incident" ? ComponentStatus.PartialOutage : ComponentStatus.DegradedPerformance,
            Affected = issue["service"].Line is { } service ? [[service]] : [],
        }.Make();
        return reported ? made with { Status = IncidentStatus.Postmortem, Postmortem = Postmortems.Make(posts[^1].Body, posts[^1].At) } : made;
    }
}
