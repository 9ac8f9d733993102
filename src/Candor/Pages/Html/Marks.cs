using Candor.State;
using Candor.State.Incidents;

namespace Candor.Pages.Html;

/// <summary>The short class of each state. Colour, shape and word hang on it; none of them ever stands alone.</summary>
internal static class Marks
{
    public static string ClassOf(ComponentState state) => state.Known ? ClassOf(state.Status) : "un";

    public static string ClassOf(ComponentStatus status) => status switch
    {
        ComponentStatus.Operational => "op",
        ComponentStatus.UnderMaintenance => "mt",
        ComponentStatus.DegradedPerformance => "dg",
        ComponentStatus.PartialOutage => "pt",
        _ => "mj",
    };

    /// <summary>An incident is marked by what readers went through; one that is over is quiet.</summary>
    public static string ClassOf(Incident incident) => incident.IsOpen
        ? incident.Impact switch
        {
            Impact.None => "nt",
            Impact.Minor => "dg",
            Impact.Major => "pt",
            _ => "mj",
        }
        : "ok";
}
