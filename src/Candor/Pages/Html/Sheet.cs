using System.Collections.Immutable;
using Candor.Languages;
using Candor.Pages.Phrases;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Pages.Html;

/// <summary>What the views of one brief share: the page's clock, how everything stands, the incidents in order.</summary>
internal sealed class Sheet(Brief brief, Language language)
{
    private ILookup<ComponentId, Incident>? touching;
    private readonly Dictionary<ComponentId, ImmutableArray<UptimeDay>> days = [];
    private DateOnly? firstDay;
    private Sheet? english;

    public Brief Brief { get; } = brief;

    public World World => Brief.World;

    public DateTimeOffset Now => Brief.Now;

    public Page Page => World.Page;

    public Language Language => Clock.Language;

    /// <summary>What the pages say, in their language.</summary>
    public PageWords Words { get; } = PageWords.In(language);

    /// <summary>The same for programs and operators, who read English whatever readers are shown.</summary>
    public Sheet English => Language == Language.English ? this : english ??= new(Brief, Language.English);

    public PageClock Clock { get; } = new(brief.World.Page.TimeZone, language);

    public ImmutableArray<Standing> Roots { get; } = Standing.Of(brief);

    public Headline Headline => field ??= Headline.Of(Brief, Roots, Words.Headline);

    /// <summary>What readers may see, newest first.</summary>
    public IReadOnlyList<Incident> Incidents => field ??=
    [
        .. World.Incidents.Values
            .Where(incident => incident.Published)
            .OrderByDescending(incident => incident.StartedAt)
            .ThenBy(incident => incident.Id.Value, StringComparer.Ordinal),
    ];

    /// <summary>Planned work, the earliest first.</summary>
    public IReadOnlyList<Maintenance> Maintenances => field ??=
    [
        .. World.Maintenances.Values
            .OrderBy(maintenance => maintenance.StartedAt ?? maintenance.Plan.ScheduledFor)
            .ThenBy(maintenance => maintenance.Id.Value, StringComparer.Ordinal),
    ];

    public IEnumerable<Incident> Open => Incidents
        .Where(incident => incident.IsOpen)
        .OrderByDescending(incident => incident.UpdatedAt);

    /// <summary>Before this nothing was watched and nothing said: "no incidents" would be a claim about nothing.</summary>
    public DateOnly FirstDay => firstDay ??= Clock.DateOf(World.Components.Values.Select(component => component.CreatedAt)
        .Concat(Incidents.Select(incident => incident.StartedAt))
        .Append(Now)
        .Min());

    /// <summary>The newest reading there is: when anything was last looked at.</summary>
    public DateTimeOffset? VerifiedAt => Brief.LastReadings.IsEmpty ? null : Brief.LastReadings.Values.Max();

    /// <summary>At that instant nothing had been recorded yet.</summary>
    public bool IsBeforeEverything => Brief is { IsPast: true, Position.Value: 0 };

    /// <summary>Why something fails, in the page's language; what an alert or a plugin says stays as it is.</summary>
    public string? Said(ComponentDefinition component, string? reason) =>
        reason is null ? null : Language.Reason(reason, World.IsOthers(component, reason));

    public Standing? Find(string componentId) =>
        Roots.SelectMany(root => root.Whole).FirstOrDefault(standing => standing.Component.Id.Value == componentId);

    /// <summary>The incidents by the day on which they started, newest first.</summary>
    public ILookup<DateOnly, Incident> IncidentsByDay => field ??=
        Incidents.ToLookup(incident => Clock.DateOf(incident.StartedAt));

    public ImmutableArray<UptimeDay> DaysOf(Component component) =>
        days.TryGetValue(component.Id, out var known) ? known : days[component.Id] = Uptime.Of(
            component, Clock.Zone, Now, Standing.SeenUntil(Brief, component),
            maintenanceCounts: World.Policy.Maintenance is { CountsInUptime: true });

    /// <summary>The incidents that name a component and touch a day.</summary>
    public IEnumerable<Incident> IncidentsOn(ComponentId component, DateOnly date) =>
        IncidentsOf(component).Where(incident => Touches(incident, date));

    /// <summary>The incidents that name a component, newest first.</summary>
    public IEnumerable<Incident> IncidentsOf(ComponentId component)
    {
        touching ??= Incidents
            .SelectMany(incident => incident.AffectedComponents.Select(id => (id, incident)))
            .ToLookup(pair => pair.id, pair => pair.incident);
        return touching[component];
    }

    public bool Touches(Incident incident, DateOnly date) =>
        Clock.DateOf(incident.StartedAt) <= date && date <= Clock.DateOf(incident.ClosedAt ?? Now);
}
