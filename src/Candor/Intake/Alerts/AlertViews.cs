using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Candor.Access;
using Candor.Probing.Alert;
using Candor.State;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Intake.Alerts;

/// <summary>Alerts as operators see them. Readers never see an alert's own words: they may name machines and customers.</summary>
internal sealed record AlertView(
    AlertTool Tool, string Id, AlertStatus Status, string Name, string Summary, ImmutableDictionary<string, string> Labels,
    DateTimeOffset? StartsAt, DateTimeOffset ChangedAt, DateTimeOffset HeardAt, ImmutableArray<string> Monitors)
{
    /// <summary>No monitor waits for it, so it changes nothing.</summary>
    public bool Unmapped => Monitors.IsEmpty;

    public static AlertView Of(KeptAlert alert, ImmutableArray<MonitorId> monitors) => new(
        alert.Tool, alert.Id, alert.Status, alert.Name, alert.Summary, alert.Labels, alert.StartsAt, alert.ChangedAt, alert.HeardAt,
        [.. monitors.Select(static monitor => monitor.Value)]);

    /// <summary><c>GET /api/alerts</c>: what is kept, what fires first; with <c>?unmapped=true</c> only what nobody waits for.</summary>
    public static void Map(IEndpointRouteBuilder routes, Func<AlertBook?> book, Func<World> world) => routes.MapGet("/api/alerts", async context =>
    {
        // Whoever is limited to components is told what is about theirs.
        var (reach, known) = (context.Features.GetRequiredFeature<Principal>().Reach, world());
        var isUnmapped = context.Request.Query["unmapped"] == "true";
        var views = (book()?.All ?? [])
            .Where(one => !reach.IsLimited || one.Monitors.Any(monitor => known.Covers(reach, monitor)))
            .Select(static one => Of(one.Alert, one.Monitors))
            .Where(view => !isUnmapped || view.Unmapped)
            .OrderBy(static view => view.Status).ThenByDescending(static view => view.ChangedAt);
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(new AlertList([.. views]), AlertViewJson.Default.AlertList), context.RequestAborted);
    }).Needs(Act.SeeOperations);
}

internal sealed record AlertList(ImmutableArray<AlertView> Alerts);

/// <param name="Accepted">Alerts in the message that were kept, or known already.</param>
internal sealed record AlertsTaken(int Accepted);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertList))]
[JsonSerializable(typeof(AlertsTaken))]
internal sealed partial class AlertViewJson : JsonSerializerContext;
