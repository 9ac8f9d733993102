using Candor.Languages;
using Candor.State;
using Candor.State.Incidents;
using Candor.State.Maintenances;

namespace Candor.Pages.Wording;

/// <summary>The word for each state in English, for what is not translated.</summary>
internal static class Labels
{
    private static readonly StateNames Names = Language.English.Names;

    public static string Of(ComponentState state) => Names.Of(state);

    public static string Of(ComponentStatus status) => Names.Of(status);

    public static string Of(IncidentStatus status) => Names.Of(status);

    public static string Of(Maintenance maintenance) => Names.Of(maintenance);

    public static string Of(MaintenanceUpdate update) => Names.Of(update);

    public static string Of(Incident incident) => Names.Of(incident);

    public static string Of(IncidentUpdate update) => Names.Of(update);

    public static string Of(Impact impact) => Names.Of(impact);

    /// <summary>What an update says, without the sentence that nobody typed it: where this is used, a mark beside the time says so.</summary>
    public static string Unsigned(IncidentUpdate update) => update.Automatic ? Language.Unsigned(update.Body) : update.Body;
}
