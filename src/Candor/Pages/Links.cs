using Candor.State;
using Candor.State.Incidents;

namespace Candor.Pages;

/// <summary>Absolute addresses of what is published, for places that cannot hold a relative one.</summary>
internal static class Links
{
    /// <summary>Where there is no configured address: the one that `candor serve` listens at unless told otherwise.</summary>
    private const string Unconfigured = "http://127.0.0.1:8080";

    public const string Incidents = "/incidents/";

    public const string Components = "/components/";

    public const string Maintenances = "/maintenance/";

    public const string Files = "/files/";

    public static string To(Page page, string path) => Base(page).TrimEnd('/') + path;

    public static string PathOf(IncidentId incident) => Incidents + incident.Value;

    public static string PathOf(AttachedFile file) => $"{Files}{file.Hash}/{file.Name}";

    public static string PathOf(MaintenanceId maintenance) => Maintenances + maintenance.Value;

    public static string PathOf(ComponentId component) => Components + component.Value;

    // The settings refuse anything else; what the journal holds is checked again where it becomes a link.
    private static string Base(Page page) =>
        Uri.TryCreate(page.Url, UriKind.Absolute, out var uri) && (uri.Scheme is "https" or "http") && uri.UserInfo.Length == 0
            ? page.Url!
            : Unconfigured;
}
