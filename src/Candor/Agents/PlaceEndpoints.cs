using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Access;
using Candor.Access.Agents;
using Candor.Effects;
using Candor.Journal;
using Candor.Judging;

namespace Candor.Agents;

/// <summary><c>/api/places</c>: from where this installation sees, what each place sees, and which agents are let in.</summary>
internal static class PlaceEndpoints
{
    private const string Example = "Send JSON such as {\"name\": \"eu\", \"private_networks\": false}; docs/agents.md names every member.";

    private const long BodyBytesMost = 64 * 1024;
    private const int MonitorsMost = 1_000;

    public static void MapPlaceApi(this IEndpointRouteBuilder routes, FrontDesk desk, Func<AgentDesk?> agents, Func<Bench> bench)
    {
        routes.MapGet("/api/places", context => ListAsync(context, desk, agents, bench)).Needs(Act.SeeOperations);
        routes.MapPost("/api/places", context => AddAsync(context, desk)).Needs(Act.Configure).BodyAtMost(BodyBytesMost);
        routes.MapPost("/api/places/{name}/revoke", context => RevokeAsync(context, desk)).Needs(Act.Configure).BodyAtMost(BodyBytesMost);
    }

    private static async Task ListAsync(HttpContext context, FrontDesk desk, Func<AgentDesk?> agents, Func<Bench> bench)
    {
        if (agents() is not { } at || desk.Register is not { } register)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, new("places.starting", "Candor is starting; ask again in a moment."));
            return;
        }

        var world = at.World;
        var reach = context.Features.Get<Principal>()!.Reach;
        await WriteAsync(
            context, StatusCodes.Status200OK,
            new(Fleet.RowsOf(world, register.Roster, at.StandingOf), Fleet.MonitorsOf(world, bench(), reach, Moment.Now(at.Time))),
            PlaceJson.Default.PlaceList);
    }

    private static async Task AddAsync(HttpContext context, FrontDesk desk)
    {
        if (await JsonBody.ReadAsync(context, PlaceJson.Default.PlaceBody, Example) is not { } body || desk.Reception is not { } reception)
        {
            return;
        }

        if (body.Monitors.Count > MonitorsMost)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status422UnprocessableEntity, new(
                "place.monitors", $"An agent is limited to up to {MonitorsMost} monitors; leave them out to give it all of its place.", "monitors"));
            return;
        }

        var (code, refusal) = await AddAsync(context, reception, body.Name ?? "", new(body.PrivateNetworks, body.Monitors));
        await (refusal is not null
            ? Refusals.AnswerAsync(context, StatusCodes.Status422UnprocessableEntity, refusal)
            : WriteAsync(context, StatusCodes.Status201Created, code!, PlaceJson.Default.PlaceCodeView));
    }

    private static async Task RevokeAsync(HttpContext context, FrontDesk desk)
    {
        if (desk.Reception is { } reception && await RevokeAsync(context, reception, (string)context.Request.RouteValues["name"]!) is { } refusal)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status404NotFound, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>A code for the agent of a place, written down as somebody's act.</summary>
    public static async Task<(PlaceCodeView? Code, Refusal? Refusal)> AddAsync(HttpContext context, Reception reception, string name, AgentRights rights)
    {
        var now = reception.Time.GetUtcNow();
        PlaceCodeView? made = null;
        var refusal = await reception.Register.CommitAsync(
            roster =>
            {
                var (code, decision) = Enrolment.Add(roster, name, rights, now, reception.Randomness);
                made = new(name, code.Reveal(), now + Enrolment.CodeLasts);
                return decision;
            },
            context.RequestAborted);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        await reception.RecordAsync(context, context.Features.Get<Principal>()!.Actor, "place.added", $"place:{name}");
        return (made, null);
    }

    public static async Task<Refusal?> RevokeAsync(HttpContext context, Reception reception, string name)
    {
        if (await reception.Register.CommitAsync(roster => Enrolment.Revoke(roster, name, reception.Time.GetUtcNow()), context.RequestAborted) is { } refusal)
        {
            return refusal;
        }

        await reception.RecordAsync(context, context.Features.Get<Principal>()!.Actor, "place.revoked", $"place:{name}");
        return null;
    }

    private static async Task WriteAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), context.RequestAborted);
    }
}
