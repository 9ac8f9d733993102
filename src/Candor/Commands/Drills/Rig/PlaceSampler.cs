using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace Candor.Commands.Drills.Rig;

/// <summary>
/// Looks again and again at what each place sees, and counts what a place that is blind is believed to see. It may be asked
/// while it looks.
/// </summary>
internal sealed class PlaceSampler(DrillServer server, TimeProvider time)
{
    /// <summary>The list of places and what they see are not of one instant; what stands for so many looks is no race.</summary>
    private const int Stands = 4;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<string, int> believed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableList<string>> verdicts = new(StringComparer.Ordinal);
    private volatile Answer? newest;

    /// <summary>Words of blind places that stood.</summary>
    public int Believed => believed.Values.Count(static looks => looks >= Stands);

    public int Looks { get; private set; }

    /// <summary>The verdicts on a monitor as they followed each other.</summary>
    public ImmutableList<string> VerdictsOf(string monitor) => verdicts.GetValueOrDefault(monitor, []);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await LookAsync(stopping);
            await Task.Delay(Every, time, stopping);
        }
    }

    public string? StatusOf(string place) => RowOf(place) is { } row ? row.GetProperty("status").GetString() : null;

    public long NumberOf(string place, string name) => RowOf(place) is { } row && row.TryGetProperty(name, out var value) ? value.GetInt64() : -1;

    public string? VerdictOf(string monitor) => VerdictsOf(monitor) is [.., var last] ? last : null;

    private async Task LookAsync(CancellationToken stopping)
    {
        var (status, all) = await server.SendAsync(HttpMethod.Get, "/api/places", null, stopping);
        if (status != HttpStatusCode.OK)
        {
            return;
        }

        newest = new(all);
        Looks++;
        foreach (var monitor in all.GetProperty("monitors").EnumerateArray())
        {
            var (id, verdict) = (monitor.GetProperty("id").GetString()!, monitor.GetProperty("verdict").GetString()!);
            verdicts[id] = VerdictOf(id) == verdict ? VerdictsOf(id) : VerdictsOf(id).Add(verdict);

            foreach (var sight in monitor.GetProperty("places").EnumerateArray())
            {
                var (place, saw) = (sight.GetProperty("place").GetString()!, sight.GetProperty("saw").GetString());
                var which = $"{place} {id}";
                var stood = believed.GetValueOrDefault(which);
                believed[which] = stood >= Stands ? stood : saw != "unknown" && StatusOf(place) == "blind" ? stood + 1 : 0;
            }
        }
    }

    private JsonElement? RowOf(string place) => newest?.All.GetProperty("places").EnumerateArray()
        .Where(row => row.GetProperty("name").GetString() == place).Select(static row => (JsonElement?)row).FirstOrDefault();

    private sealed record Answer(JsonElement All);
}
