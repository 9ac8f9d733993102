namespace Candor.Pages.Serving;

/// <summary>Who may use a route. Everything that <see cref="PageServer"/> answers is for everybody, and says so here.</summary>
internal enum RoutePolicy
{
    Public,
}

/// <summary>One route of the public listener that the pages own.</summary>
/// <param name="Pattern">Segment by segment; one in braces stands for any that is not empty.</param>
internal sealed record PublicRoute(string Methods, string Pattern, RoutePolicy Policy, string Owner);

/// <summary>Every route that the pages answer. A page at a path that no line covers fails the tests.</summary>
internal static class PublicRoutes
{
    public const string Events = "/events";

    public const string Subscribers = "/api/v2/subscribers.json";

    private const string Read = "GET, HEAD, OPTIONS";

    /// <summary>The owner of what is rendered.</summary>
    public const string Pages = "Pages";

    private static readonly string[] Fixed = ["/widget.js", "/robots.txt", "/favicon.svg"];

    public static IReadOnlyList<PublicRoute> All { get; } =
    [
        Page("/"), Page("/404"), Page("/incidents/{id}"), Page("/components/{id}"), Page("/history"), Page("/history/{month}"),
        Page("/maintenance"), Page("/maintenance/{id}"), Page("/subscribe"), Page("/uptime"), Page("/status.json"),
        Page("/api/v2/summary.json"), Page("/api/v2/status.json"), Page("/api/v2/components.json"),
        Page("/api/v2/incidents.json"), Page("/api/v2/incidents/unresolved.json"),
        Page("/api/v2/scheduled-maintenances.json"), Page("/api/v2/scheduled-maintenances/upcoming.json"),
        Page("/api/v2/scheduled-maintenances/active.json"),
        Page("/history.rss"), Page("/history.atom"), Page("/feed.rss"), Page("/feed.atom"), Page("/calendar.ics"),
        Page("/badge.svg"), Page("/components/{id}/badge.svg"),
        Page("/widget.js"), Page("/robots.txt"), Page("/assets/{name}"), Page("/favicon.svg"),
        new("GET, HEAD", Events, RoutePolicy.Public, "Pages/Live"),
        new("POST, DELETE", Subscribers, RoutePolicy.Public, "Pages/Serving"),
    ];

    public static PublicRoute? Covering(string path) => All.FirstOrDefault(route => Covers(route.Pattern, path));

    /// <summary>Doors of private pages: whether there are any is known only once the settings have been read.</summary>
    private static readonly string[] Doors = ["/sign-in", "/sign-out", "/enter"];

    /// <summary>Whether a path that the edition lacks may be rendered in a moment.</summary>
    public static bool MayStillCome(string path, Edition edition) =>
        edition.Front.Count == 0 || edition.IsRestored
            ? (Covering(path) is not null || IsDoor(path)) && !path.Any(IsStrange)
            : IsOneOf(Links.Incidents, path) || IsOneOf(Links.Maintenances, path);

    private static bool IsDoor(string path) =>
        Doors.Contains(path) || (path.StartsWith("/enter/", StringComparison.Ordinal) && path.LastIndexOf('/') == "/enter".Length);

    private static bool IsOneOf(string folder, string path) =>
        path.StartsWith(folder, StringComparison.Ordinal) && path[folder.Length..].All(char.IsAsciiLetterOrDigit);

    /// <summary>Whether a path leads to something that was once different: the pages, but no file that never changes.</summary>
    public static bool HasPast(string path) =>
        Covering(path) is { Owner: Pages } && !path.StartsWith("/assets/", StringComparison.Ordinal) && !Fixed.Contains(path);

    private static PublicRoute Page(string pattern) => new(Read, pattern, RoutePolicy.Public, Pages);

    private static bool IsStrange(char c) => !char.IsAsciiLetterOrDigit(c) && c is not ('/' or '-' or '.' or '_');

    private static bool Covers(string pattern, string path)
    {
        var (asked, known) = (path.Split('/'), pattern.Split('/'));
        return asked.Length == known.Length
            && asked.Zip(known).All(pair => pair.Second.StartsWith('{') ? pair.First.Length > 0 : pair.First == pair.Second);
    }
}
