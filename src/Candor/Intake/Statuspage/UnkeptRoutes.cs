using System.Text.Json;
using Candor.Access;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>
/// What Statuspage keeps and this version does not: the looks of a widget, which has one here, and people of an organization.
/// Nothing is taken that would be lost.
/// </summary>
internal static class UnkeptRoutes
{
    public static void Map(V1Routes routes)
    {
        routes.Map("GET", V1Routes.Page + "/status_embed_config", Act.SeeOperations, context => ShowEmbedAsync(context, routes));
        routes.Map("PATCH PUT", V1Routes.Page + "/status_embed_config", Act.Configure, context => ChangeEmbedAsync(context, routes));

        // No token decides about people: the gate says so.
        Missing(routes, "GET POST", Act.ManagePeople, "/v1/organizations/{organization_id}/users");
        Missing(routes, "DELETE", Act.ManagePeople, "/v1/organizations/{organization_id}/users/{user_id}");
        Missing(routes, "GET PUT", Act.ManagePeople, "/v1/organizations/{organization_id}/permissions/{user_id}");
    }

    private static void Missing(V1Routes routes, string methods, Act act, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            routes.Map(methods, path, act, V1Routes.MissingAsync);
        }
    }

    private static Task ShowEmbedAsync(HttpContext context, V1Routes routes) =>
        V1Routes.WriteAsync(context, StatusCodes.Status200OK, Embed(routes.Desk.World), V1Json.Default.V1EmbedConfig);

    private static async Task ChangeEmbedAsync(HttpContext context, V1Routes routes)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Embed) is not { } request)
        {
            return;
        }

        var shown = JsonSerializer.SerializeToElement(Embed(routes.Desk.World), V1Json.Default.V1EmbedConfig);
        await (ComponentChanges.Declared(request.Body, shown, "the widget") is null
            ? ShowEmbedAsync(context, routes)
            : V1Routes.RefuseAsync(context, new(
                "not_kept", "The widget of this version (/widget.js) has one look and place; style it where you embed it.", "position")));
    }

    private static V1EmbedConfig Embed(World world) => new(world.Page.Id, "bottom-left", null, null, null, null);
}
