using Candor.State;

namespace Candor.Pages;

/// <summary>Absolute addresses of what is published, for places that cannot hold a relative one.</summary>
internal static class Links
{
    /// <summary>Where there is no configured address: the one that `candor serve` listens at unless told otherwise.</summary>
    private const string Unconfigured = "http://127.0.0.1:8080";

    public const string Incidents = "/incidents/";

    public const string Components = "/components/";

    public static string To(Page page, string path) => (page.Url ?? Unconfigured).TrimEnd('/') + path;

    public static string PathOf(IncidentId incident) => Incidents + incident.Value;

    public static string PathOf(ComponentId component) => Components + component.Value;
}
