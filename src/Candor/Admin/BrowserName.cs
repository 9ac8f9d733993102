namespace Candor.Admin;

/// <summary>What a browser is called by people, from what it calls itself: "Firefox on Windows". For recognising one's own, never for a decision.</summary>
internal static class BrowserName
{
    // Each says that it is those after it as well, so the first that is found is the one.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
        ("Macintosh", "a Mac"), ("Linux", "Linux"),
    ];

    public static string Of(string agent)
    {
        var (browser, system) = (Found(Browsers, agent), Found(Systems, agent));
        return (browser, system) switch
        {
            (null, null) => agent.Length > 0 ? agent : "A browser",
            (null, _) => $"A browser on {system}",
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }

    private static string? Found((string Sign, string Name)[] known, string agent) =>
        known.FirstOrDefault(one => agent.Contains(one.Sign, StringComparison.Ordinal)).Name;
}
