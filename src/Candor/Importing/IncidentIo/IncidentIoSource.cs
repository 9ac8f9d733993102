using System.Collections.Immutable;
using Candor.Importing.Reading;
using Candor.Importing.Statuspage;

namespace Candor.Importing.IncidentIo;

/// <summary>
/// incident.io in its three forms: answers like Statuspage's (without groups and components of incidents), the widget's
/// summary (only what is open), and the data within the page, which has everything.
/// </summary>
internal sealed class IncidentIoSource : IImportSource
{
    private readonly StatuspageSource alike = new();

    public string Name => "incidentio";

    public string Title => "incident.io";

    public bool Recognises(SourceFile file) =>
        file.IsMarkup ? file.Contains("self.__next_f"u8) && file.Contains("status_page_id"u8) && file.Contains("published_at"u8)
        : IsAlike(file) || IsOwn(file.Json);

    public Imported Read(ImmutableArray<SourceFile> files, Warnings warnings)
    {
        var compatible = files.Where(IsAlike).ToImmutableArray();
        var read = compatible.IsEmpty ? new Imported() : alike.Read(compatible, warnings);
        var own = new IncidentIoPage(warnings);
        foreach (var file in files.Except(compatible))
        {
            own.Add(file.IsMarkup ? EmbeddedPages.Read(file) : null, file.Json);
        }

        if (!compatible.IsEmpty && read.Incidents.Any(i => i.Affected.IsEmpty))
        {
            warnings.Add("incidents", "do not say which components they affected", "import the page's own HTML instead, which does");
        }

        return compatible.Length == files.Length ? read : own.Make(read);
    }

    /// <summary>A page whose id is a ULID answers in Statuspage's form.</summary>
    private bool IsAlike(SourceFile file) =>
        !file.IsMarkup && file.Json["page"]["id"].Text is { Length: 26 } id && id.StartsWith("01", StringComparison.Ordinal) && alike.Recognises(file);

    private static bool IsOwn(SourceValue root) =>
        root.HasAll("page_title", "ongoing_incidents")
        || root["summary"].HasAll("components", "structure")
        || root["incidents"].Items.Any(i => i.Has("published_at") && i["updates"].Items.All(u => u.Has("to_status")))
        || root["incident"].HasAll("published_at", "updates");
}
