using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Candor.Drills.Simulation;

/// <summary>What an edit of the settings does to a thing that may be failing at that very moment.</summary>
internal enum Cut
{
    None,
    ComponentRemoved,
    ComponentRenamed,
    MonitorRemoved,
    MonitorRenamed,
}

/// <summary>The settings file of a run, drawn once, so that it can be written whole and with one thing taken out of it.</summary>
internal sealed record Outline(ImmutableArray<SimulatedTarget> Services)
{
    private const string Again = "-again";

    /// <summary>Components that also watch the service before theirs.</summary>
    public ImmutableArray<bool> Shared { get; init; } = [];

    /// <summary>Services that depend on the first.</summary>
    public ImmutableArray<bool> Dependent { get; init; } = [];

    /// <summary>Vantage points beside the node's own.</summary>
    public ImmutableArray<string> Outposts { get; init; } = [];

    public string Automatic { get; init; } = "publish";

    public string OpenAfter { get; init; } = "0s";

    public string ResolveAfter { get; init; } = "2m";

    public static Outline From(SeededRandomness random, ImmutableArray<SimulatedTarget> services) => new(services)
    {
        Shared = [.. services.Select((_, i) => random.Chance(0.2) && i > 0)],
        Dependent = [.. services.Select((_, i) => i > 1 && random.Chance(0.2))],
        Automatic = random.Pick(["publish", "publish", "confirm"]),
        OpenAfter = random.Pick(["0s", "0s", "30s"]),
        ResolveAfter = random.Pick(["1m", "2m"]),
        Outposts = !random.Chance(0.25) ? [] : random.Chance(0.6) ? ["eu", "us"] : ["eu", "us", "ap", "sa", "af"],
    };

    /// <summary>The service that a monitor watches, whatever it is called at the moment.</summary>
    public static string ServiceOf(string monitor) => monitor.Replace(Again, "", StringComparison.Ordinal);

    public string Write() => Write(Cut.None, -1);

    /// <param name="at">Which component, or which service's monitor.</param>
    public string Write(Cut cut, int at)
    {
        var yaml = new StringBuilder("page: { name: Simulated }\ncomponents:\n");
        for (var i = 0; i < Services.Length; i++)
        {
            if (cut != Cut.ComponentRemoved || i != at)
            {
                var name = cut == Cut.ComponentRenamed && i == at ? "Portion" : "Part";
                yaml.Append(CultureInfo.InvariantCulture, $"  - {{ name: {name} {i + 1}{Watching(i, cut, at)} }}\n");
            }
        }

        if (Services.Length > 3 && !(cut == Cut.MonitorRemoved && at < 2))
        {
            yaml.Append(CultureInfo.InvariantCulture,
                $"  - name: Pair\n    redundancy: {{ members: [{NameOf(0, cut, at)}, {NameOf(1, cut, at)}], need: 1 }}\n");
        }

        yaml.Append("monitors:\n");
        for (var i = 0; i < Services.Length; i++)
        {
            if (cut != Cut.MonitorRemoved || i != at)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"  {NameOf(i, cut, at)}: {{ {Monitor(i, cut, at)} }}\n");
            }
        }

        return yaml.Append(CultureInfo.InvariantCulture,
            $"incidents: {{ automatic: {Automatic}, open_after: {OpenAfter}, resolve_after: {ResolveAfter} }}\n").ToString();
    }

    private string Watching(int i, Cut cut, int at)
    {
        var names = Enumerable.Range(Shared[i] ? i - 1 : i, Shared[i] ? 2 : 1)
            .Where(service => cut != Cut.MonitorRemoved || service != at)
            .Select(service => NameOf(service, cut, at))
            .Reverse()
            .ToList();
        return names.Count == 0 ? "" : $", monitors: [{string.Join(", ", names)}]";
    }

    private string Monitor(int i, Cut cut, int at)
    {
        var service = Services[i];
        var target = service.Kind == "tcp" ? $"{service.Host}:80" : service.Host;
        var isBelow = Dependent[i] && !(cut == Cut.MonitorRemoved && at == 0);
        var parent = isBelow ? $", depends_on: [{NameOf(0, cut, at)}]" : "";
        var from = Outposts.IsEmpty ? "" : $", from: [local, {string.Join(", ", Outposts)}]";
        return string.Create(CultureInfo.InvariantCulture,
            $"{service.Kind}: \"{target}\", every: {service.Every.TotalSeconds}s, timeout: {service.Timeout.TotalSeconds}s, "
            + $"expect: {{ within: 1s }}{parent}{from}");
    }

    private string NameOf(int i, Cut cut, int at) =>
        cut == Cut.MonitorRenamed && i == at ? Services[i].Name + Again : Services[i].Name;
}
