using System.Collections.Immutable;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.State;

/// <summary>The rules for automation were set; all of them, each time.</summary>
internal sealed record PolicyConfigured(DateTimeOffset At, Policy Policy) : Event(At);

/// <summary>How automation deals with what the judge holds.</summary>
/// <param name="OpenAfter">How long a component must be bad before an incident opens.</param>
/// <param name="ResolveAfter">How long it must be well again before the incident resolves; doubles per reopening, up to 30 min.</param>
internal sealed record Policy(AutomaticIncidents Automatic, TimeSpan OpenAfter, TimeSpan ResolveAfter)
{
    public static readonly Policy Default = new(AutomaticIncidents.Publish, TimeSpan.Zero, TimeSpan.FromMinutes(2));

    /// <summary>Targets that tell <c>local</c> whether it is blind itself: "gateway", "resolvers", or host:port.</summary>
    public ImmutableArray<string> Controls { get; init; } = ["gateway", "resolvers"];

    /// <summary>How planned work is dealt with; null: as nobody has said anything about it.</summary>
    public MaintenancePolicy? Maintenance { get; init; }

    /// <summary>The owner's own words for automatic incidents, or null for Candor's.</summary>
    public IncidentTexts? Texts { get; init; }

    /// <summary>When responders are reminded; null: as nobody has said anything about it.</summary>
    public ReminderPolicy? Reminders { get; init; }

    /// <summary>Every vantage point that is configured. Verdicts count these, whether they are alive or not.</summary>
    public ImmutableArray<VantageId> Vantages { get; init; } = [VantageId.Local];

    /// <summary>Which region places look from, where their names do not say so.</summary>
    public ImmutableArray<RegionPlaces> Regions { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Tools that may send alerts, each once.</summary>
    public ImmutableArray<AlertSource> AlertSources { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Networks (CIDR) that probes may reach although they are private. Metadata addresses never are.</summary>
    public ImmutableArray<string> EgressAllow { get; init; } = [];

    /// <summary>The region that a place looks from: what the owner says, else the one that is called like it, if there is any.</summary>
    public string RegionOf(VantageId place)
    {
        foreach (var region in Regions)
        {
            if (region.Places.Contains(place))
            {
                return region.Region;
            }
        }

        return place.Value;
    }
}

/// <summary>The places that look from one region.</summary>
internal sealed record RegionPlaces(string Region, ImmutableArray<VantageId> Places);

/// <summary>How planned work is dealt with.</summary>
/// <param name="ExpectsOutage">Outages of components under maintenance are part of the plan, unless the plan says otherwise.</param>
/// <param name="CountsInUptime">Maintenance takes from the uptime like an outage; else it is left out of both sides.</param>
internal sealed record MaintenancePolicy(bool ExpectsOutage, bool CountsInUptime)
{
    public static readonly MaintenancePolicy Default = new(ExpectsOutage: false, CountsInUptime: false);
}

/// <summary>When responders are reminded.</summary>
/// <param name="Silence">An open incident of which nothing is promised should have a word at least this often.</param>
/// <param name="Times">Whoever was reminded so often will not be by one more.</param>
internal sealed record ReminderPolicy(TimeSpan Silence, TimeSpan BeforeMaintenance, TimeSpan Every, int Times)
{
    public static readonly ReminderPolicy Default = new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(5), 6);
}
