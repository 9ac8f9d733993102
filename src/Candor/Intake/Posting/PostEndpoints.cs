using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Access;
using Candor.Journal;
using Candor.State;
using Candor.State.Maintenances;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Intake.Posting;

/// <summary><c>/api/incidents</c> and <c>/api/maintenances</c>: people's word, from programs and <c>candor post</c>.</summary>
internal static class PostEndpoints
{
    private const long BodyBytesMax = 256 * 1024;
    private const int ListedMax = 100;

    public static void MapPosting(this IEndpointRouteBuilder routes, PostDesk desk)
    {
        routes.MapGet("/api/incidents", At(desk, ListAsync)).Needs(Act.SeeOperations);
        routes.MapGet("/api/incidents/{id}", At(desk, ShowAsync)).Needs(Act.SeeOperations);
        routes.MapPost("/api/incidents", At(desk, OpenAsync)).Needs(Act.PostIncident).BodyAtMost(BodyBytesMax);
        routes.MapPost("/api/incidents/{id}/updates", At(desk, UpdateAsync)).Needs(Act.PostIncident).BodyAtMost(BodyBytesMax);
        routes.MapPost("/api/incidents/{id}/resolve", At(desk, ResolveAsync)).Needs(Act.PostIncident).BodyAtMost(BodyBytesMax);
        routes.MapPatch("/api/incidents/{id}", At(desk, RenameAsync)).Needs(Act.EditHistory).BodyAtMost(BodyBytesMax);
        routes.MapGet("/api/components", At(desk, ListComponentsAsync)).Needs(Act.SeeOperations);
        routes.MapGet("/api/maintenances", At(desk, ListMaintenancesAsync)).Needs(Act.SeeOperations);
        routes.MapGet("/api/maintenances/{id}", At(desk, ShowMaintenanceAsync)).Needs(Act.SeeOperations);
        routes.MapPost("/api/maintenances", At(desk, ScheduleAsync)).Needs(Act.ScheduleMaintenance).BodyAtMost(BodyBytesMax);
    }

    internal static RequestDelegate At(PostDesk desk, Func<HttpContext, PostDesk, Task> answer) => async context =>
    {
        try
        {
            await answer(context, desk);
        }
        catch (JournalFailedException) when (!context.Response.HasStarted)
        {
            await PostDesk.NotYetAsync(context);
        }
    };

    /// <summary>The newest first; with <c>?open=true</c> only those that go on.</summary>
    private static Task ListAsync(HttpContext context, PostDesk desk)
    {
        desk.MustHaveRead();
        var world = desk.WorldOf(WhoOf(context));
        var listed = world.Incidents.Values
            .Where(incident => context.Request.Query["open"] != "true" || incident.IsOpen)
            .OrderByDescending(static incident => incident.CreatedAt).ThenBy(static incident => incident.Id.Value, StringComparer.Ordinal)
            .Take(ListedMax)
            .Select(incident => IncidentView.Of(world, incident));
        return WriteAsync(context, new([.. listed]), PostJson.Default.IncidentList);
    }

    private static Task ShowAsync(HttpContext context, PostDesk desk)
    {
        desk.MustHaveRead();
        return TellAsync(context, desk, IdOf(context), StatusCodes.Status200OK);
    }

    private static async Task OpenAsync(HttpContext context, PostDesk desk)
    {
        if (await PostRequest<IncidentBody>.ReadAsync(context, PostJson.Default.IncidentBody) is not { } request)
        {
            return;
        }

        var id = desk.NewId();
        if (await desk.FilesAsync(context, request, request.Body.Files) is { } files && await desk.CommitAsync(
            context, request, id, (world, at) => PostDecisions.Open(world, at, request.Who, new(id), request.Body, files)) is { } done)
        {
            await TellAsync(context, desk, done);
        }
    }

    private static async Task UpdateAsync(HttpContext context, PostDesk desk)
    {
        var id = IdOf(context);
        if (await PostRequest<UpdateBody>.ReadAsync(context, PostJson.Default.UpdateBody) is { } request
            && await desk.FilesAsync(context, request, request.Body.Files) is { } files
            && await desk.CommitAsync(
                context, request, id, (world, at) => PostDecisions.Update(world, at, request.Who, new(id), request.Version, request.Body, files)) is { } done)
        {
            await TellAsync(context, desk, done);
        }
    }

    private static async Task ResolveAsync(HttpContext context, PostDesk desk)
    {
        var id = IdOf(context);
        if (await PostRequest<UpdateBody>.ReadAsync(context, PostJson.Default.UpdateBody) is { } request
            && await desk.FilesAsync(context, request, request.Body.Files) is { } files
            && await desk.CommitAsync(
                context, request, id, (world, at) => PostDecisions.Resolve(world, at, request.Who, new(id), request.Version, request.Body, files)) is { } done)
        {
            await TellAsync(context, desk, done);
        }
    }

    private static async Task RenameAsync(HttpContext context, PostDesk desk)
    {
        var id = IdOf(context);
        if (await PostRequest<RenameBody>.ReadAsync(context, PostJson.Default.RenameBody) is { } request
            && await desk.CommitAsync(
                context, request, id, (world, at) => PostDecisions.Rename(world, at, request.Who, new(id), request.Version, request.Body)) is { } done)
        {
            Mark(context, done);
            await TellAsync(context, desk, done.Target, StatusCodes.Status200OK);
        }
    }

    private static async Task ScheduleAsync(HttpContext context, PostDesk desk)
    {
        if (await PostRequest<MaintenanceBody>.ReadAsync(context, PostJson.Default.MaintenanceBody) is not { } request)
        {
            return;
        }

        var id = desk.NewId();
        if (await desk.CommitAsync(context, request, id, (world, at) => PostDecisions.Schedule(world, at, request.Who, new(id), request.Body)) is { } done)
        {
            Mark(context, done);
            context.Response.Headers.Location = "/api/maintenances/" + done.Target;
            await TellMaintenanceAsync(context, desk, done.Target, StatusCodes.Status201Created);
        }
    }

    /// <summary>All of them, each after the group that it is in.</summary>
    private static Task ListComponentsAsync(HttpContext context, PostDesk desk)
    {
        desk.MustHaveRead();
        var world = desk.WorldOf(WhoOf(context));
        return WriteAsync(context, new([.. Below(world, null, world.Components.Count)]), PostJson.Default.ComponentList);
    }

    private static IEnumerable<ComponentStanding> Below(World world, ComponentId? parent, int deepest) => deepest < 0
        ? []
        : world.ChildrenOf(parent).SelectMany(child => Below(world, child.Id, deepest - 1).Prepend(ComponentStanding.Of(world, child)));

    /// <summary>The latest first; with <c>?open=true</c> only those to come or under way.</summary>
    private static Task ListMaintenancesAsync(HttpContext context, PostDesk desk)
    {
        desk.MustHaveRead();
        var world = desk.WorldOf(WhoOf(context));
        var listed = world.Maintenances.Values
            .Where(one => context.Request.Query["open"] != "true" || world.OpenMaintenances.Contains(one.Id))
            .OrderByDescending(static one => one.Plan.ScheduledFor).ThenBy(static one => one.Id.Value, StringComparer.Ordinal)
            .Take(ListedMax)
            .Select(one => MaintenanceView.Of(world, one));
        return WriteAsync(context, new([.. listed]), PostJson.Default.MaintenanceList);
    }

    private static Task ShowMaintenanceAsync(HttpContext context, PostDesk desk)
    {
        desk.MustHaveRead();
        return TellMaintenanceAsync(context, desk, IdOf(context), StatusCodes.Status200OK);
    }

    private static Task TellAsync(HttpContext context, PostDesk desk, Posted done)
    {
        Mark(context, done);
        context.Response.Headers.Location = "/api/incidents/" + done.Target;
        return TellAsync(context, desk, done.Target, StatusCodes.Status201Created);
    }

    private static Task TellAsync(HttpContext context, PostDesk desk, string id, int status)
    {
        var world = desk.WorldOf(WhoOf(context));
        if (!world.Incidents.TryGetValue(new(id), out var incident))
        {
            return Refusals.AnswerAsync(context, StatusCodes.Status404NotFound, PostDecisions.NoSuchIncident);
        }

        Stamp(context, status, incident.Version);
        return WriteAsync(context, IncidentView.Of(world, incident), PostJson.Default.IncidentView);
    }

    private static Task TellMaintenanceAsync(HttpContext context, PostDesk desk, string id, int status)
    {
        var world = desk.WorldOf(WhoOf(context));
        if (!world.Maintenances.TryGetValue(new(id), out var maintenance))
        {
            return Refusals.AnswerAsync(context, StatusCodes.Status404NotFound, PostDecisions.NoSuchMaintenance);
        }

        Stamp(context, status, maintenance.Version);
        return WriteAsync(context, MaintenanceView.Of(world, maintenance), PostJson.Default.MaintenanceView);
    }

    private static void Mark(HttpContext context, Posted done)
    {
        if (done.Repeated)
        {
            context.Response.Headers["Idempotent-Replayed"] = "true";
        }
    }

    private static void Stamp(HttpContext context, int status, int version)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
    }

    private static async Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), context.RequestAborted);
    }

    private static Principal WhoOf(HttpContext context) => context.Features.GetRequiredFeature<Principal>();

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;
}
