using Candor.Importing.Reading;

namespace Candor.Importing.UptimeKuma;

/// <summary>What a file holds, as JSON whether it was a database or not.</summary>
internal sealed record KumaParts
{
    private const int BeatsMax = 200_000;

    public SourceValue Page { get; init; }

    public List<SourceValue> Monitors { get; init; } = [];

    /// <summary>Groups of a status page, each with the ids of its monitors.</summary>
    public List<(SourceValue Group, List<SourceValue> Members)> Groups { get; init; } = [];

    public List<SourceValue> Incidents { get; init; } = [];

    public List<SourceValue> Maintenances { get; init; } = [];

    /// <summary>Changes of state in the database, every beat in an answer.</summary>
    public List<(string Monitor, SourceValue Beat)> Beats { get; init; } = [];

    public static KumaParts OfJson(SourceValue root) => new()
    {
        Page = root["config"],
        Monitors = [.. root["monitorList"].Values.Where(m => m.IsObject)],
        Groups = [.. root["publicGroupList"].Items.Select(g => (g, g["monitorList"].Items.ToList()))],
        Incidents = [.. root["incidents"].Items.Append(root["incident"]).Where(i => i["title"].Says)],
        Maintenances = [.. root["maintenanceList"].Values.Where(m => m["title"].Says)],
        Beats = [.. root["heartbeatList"].Members.SelectMany(m => m.Value.Items.Select(b => (m.Name, b))).Take(BeatsMax)],
    };

    public static KumaParts OfDatabase(SourceFile file, Warnings warnings)
    {
        var database = SqliteFile.Open(file)!;
        var members = database.Rows("monitor_group").OrderBy(m => m["weight"].Number).ToLookup(m => m["group_id"].Text);
        var parts = new KumaParts
        {
            Page = database.Rows("status_page").FirstOrDefault(),
            Monitors = [.. database.Rows("monitor")],
            Groups = [.. database.Rows("group").OrderBy(g => g["weight"].Number).Select(g => (g, members[g["id"].Text].ToList()))],
            Incidents = [.. database.Rows("incident")],
            Maintenances = [.. database.Rows("maintenance")],
            Beats = [.. database.Rows("heartbeat", column => column("important") is 1L).Take(BeatsMax).Select(b => (b["monitor_id"].Text ?? "", b))],
        };
        if (database.Damaged > 0)
        {
            warnings.Add(file.Path, $"is damaged or was copied while it was written: {database.Damaged} places could not be read", "stop Uptime Kuma, copy kuma.db again and import that");
        }

        if (parts.Beats.Count == BeatsMax)
        {
            warnings.Add(file.Path, $"has more than {BeatsMax} changes of state; the others are left out", "clear old statistics there first");
        }

        warnings.Add(file.Path, "may lack what lies in kuma.db-wal beside it", "stop Uptime Kuma before copying, so that the file is whole");
        return parts;
    }
}
