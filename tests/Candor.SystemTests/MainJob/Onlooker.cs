using System.Text.Json;
using System.Text.RegularExpressions;

namespace Candor.SystemTests.MainJob;

/// <summary>A stranger who reads everything that Candor publishes and compares.</summary>
public sealed partial class Onlooker(CandorProcess candor, LiveReader live)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    /// <summary>Waits for one unresolved incident and for page, JSON, feeds and live stream to agree about it.</summary>
    public async Task<string> SeesOpenAsync(string component, string status, CancellationToken cancellation)
    {
        await candor.UntilAsync(
            "/api/v2/summary.json",
            summary => summary.GetProperty("incidents").GetArrayLength() == 1 && StatusOf(summary, component) == status,
            Within,
            cancellation);
        var summary = await candor.JsonAsync("/api/v2/summary.json", cancellation);
        var incident = summary.GetProperty("incidents")[0];
        var (id, name) = (incident.GetProperty("id").GetString()!, incident.GetProperty("name").GetString()!);
        Assert.NotEqual("none", summary.GetProperty("status").GetProperty("indicator").GetString());
        Assert.Contains(component, name, StringComparison.Ordinal);

        var unresolved = await candor.JsonAsync("/api/v2/incidents/unresolved.json", cancellation);
        Assert.Equal(id, unresolved.GetProperty("incidents")[0].GetProperty("id").GetString());
        await SaysAsync("/", name, cancellation);
        await SaysAsync($"/incidents/{id}", name, cancellation);
        await SaysAsync("/history.atom", id, cancellation);
        await SaysAsync("/history.rss", id, cancellation);
        await SaysAsync("/status.json", id, cancellation);
        await live.UntilAsync(
            news => news.Name == "changed" && news.Data.Contains($"/incidents/{id}", StringComparison.Ordinal), Within, cancellation);
        return id;
    }

    /// <summary>Waits until the incident is resolved everywhere and all components work.</summary>
    public async Task SeesResolvedAsync(string id, CancellationToken cancellation)
    {
        await candor.UntilAsync(
            "/api/v2/summary.json",
            summary => summary.GetProperty("incidents").GetArrayLength() == 0
                && summary.GetProperty("status").GetProperty("indicator").GetString() == "none",
            Within,
            cancellation);
        var all = await candor.JsonAsync("/api/v2/incidents.json", cancellation);
        var incident = all.GetProperty("incidents").EnumerateArray().Single(one => one.GetProperty("id").GetString() == id);
        Assert.Equal("resolved", incident.GetProperty("status").GetString());
        Assert.NotEqual(JsonValueKind.Null, incident.GetProperty("resolved_at").ValueKind);
        Assert.Matches(Resolved(), await candor.TextAsync($"/incidents/{id}", cancellation));
        Assert.Matches(Resolved(), await candor.TextAsync("/history.atom", cancellation));
    }

    public Task WaitForAsync(string component, string status, CancellationToken cancellation) => candor.UntilAsync(
        "/api/v2/summary.json", summary => StatusOf(summary, component) == status, Within, cancellation);

    private static string? StatusOf(JsonElement summary, string component) => summary.GetProperty("components").EnumerateArray()
        .Where(one => one.GetProperty("name").GetString() == component)
        .Select(one => one.GetProperty("status").GetString())
        .SingleOrDefault();

    private async Task SaysAsync(string path, string words, CancellationToken cancellation) =>
        Assert.Contains(words, await candor.TextAsync(path, cancellation), StringComparison.Ordinal);

    [GeneratedRegex("resolved", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Resolved();
}
