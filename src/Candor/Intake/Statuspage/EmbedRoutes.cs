using Candor.Access;
using Candor.Journal;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>The place and the colours of <c>/widget.js</c>, the line that other sites show of this page.</summary>
internal static class EmbedRoutes
{
    private const string Config = V1Routes.Page + "/status_embed_config";

    public static void Map(V1Routes routes)
    {
        routes.Map("GET", Config, Act.SeeOperations, context => ShowAsync(context, routes));
        routes.Map("PATCH PUT", Config, Act.Configure, context => ChangeAsync(context, routes));
    }

    private static Task ShowAsync(HttpContext context, V1Routes routes)
    {
        var (world, widget) = (routes.Desk.World, routes.Desk.World.Widget);
        return V1Routes.WriteAsync(
            context, StatusCodes.Status200OK,
            new V1EmbedConfig(
                world.Page.Id, V1Words.Of(widget.Corner), widget.IncidentBackground, widget.IncidentText, widget.MaintenanceBackground, widget.MaintenanceText),
            V1Json.Default.V1EmbedConfig);
    }

    private static async Task ChangeAsync(HttpContext context, V1Routes routes)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Embed) is { } request
            && await routes.Desk.CommitAsync(
                context, request, routes.Desk.World.Page.Id, (world, at) => Change(world, at, request.Who, request.Body)) is not null)
        {
            await ShowAsync(context, routes);
        }
    }

    /// <summary>What was not sent stays; null and the empty text bring back what is built in.</summary>
    private static Decision<Event> Change(World world, DateTimeOffset at, Principal who, SentBody body)
    {
        var sent = new SentFields(body, world, at);
        var wish = world.Widget with
        {
            Corner = sent.Word("position", V1Words.Corners) ?? (sent.Has("position") ? Widget.BuiltIn : world.Widget).Corner,
            IncidentBackground = Colour("incident_background_color", world.Widget.IncidentBackground),
            IncidentText = Colour("incident_text_color", world.Widget.IncidentText),
            MaintenanceBackground = Colour("maintenance_background_color", world.Widget.MaintenanceBackground),
            MaintenanceText = Colour("maintenance_text_color", world.Widget.MaintenanceText),
        };
        return sent.Fault is { } no ? no : WidgetDecisions.Configure(world, at, new(who.Actor), wish, (who as TokenPrincipal)?.Id.Value);

        string? Colour(string field, string? now) => sent.Has(field) ? Whole(sent.Text(field)) : now;
    }

    /// <summary>In the one way in which colours are kept; #c21 is #cc2211.</summary>
    private static string? Whole(string? colour) => colour?.Trim().ToLowerInvariant() is { Length: 4 } brief && brief[0] == '#'
        ? $"#{brief[1]}{brief[1]}{brief[2]}{brief[2]}{brief[3]}{brief[3]}"
        : colour?.Trim().ToLowerInvariant();
}
