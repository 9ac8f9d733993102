using System.Text.Json;
using Candor.Access;
using Candor.Journal;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>
/// What Statuspage keeps and this version does not: people with access to a page, by this API. There are none, so lists are
/// empty and single ones are missing; and nothing is taken that would be lost.
/// </summary>
internal static class UnkeptRoutes
{
    private static readonly Refusal NoAudiences = new(
        "no_audiences",
        "Who may read is declared under “audiences” in candor.yaml, and their members are let in on the operators’ page “Readers”; this API changes neither.");

    public static void Map(V1Routes routes)
    {
        MapAudiences(routes);
        routes.Map("GET", V1Routes.Page + "/status_embed_config", Act.SeeOperations, context => ShowEmbedAsync(context, routes));
        routes.Map("PATCH PUT", V1Routes.Page + "/status_embed_config", Act.Configure, context => ChangeEmbedAsync(context, routes));

        // No token decides about people: the gate says so.
        Missing(routes, "GET POST", Act.ManagePeople, "/v1/organizations/{organization_id}/users");
        Missing(routes, "DELETE", Act.ManagePeople, "/v1/organizations/{organization_id}/users/{user_id}");
        Missing(routes, "GET PUT", Act.ManagePeople, "/v1/organizations/{organization_id}/permissions/{user_id}");
    }

    private static void MapAudiences(V1Routes routes)
    {
        const string Users = V1Routes.Page + "/page_access_users";
        const string Groups = V1Routes.Page + "/page_access_groups";
        foreach (var audience in (string[])[Users, Groups])
        {
            Lists(routes, Act.ManageSubscribers, audience);
            Refuses(routes, NoAudiences, Act.ManageSubscribers, audience);
            Missing(routes, "GET PATCH PUT DELETE", Act.ManageSubscribers, audience + "/{aid}");
            foreach (var part in (string[])["/components", "/metrics"])
            {
                Missing(routes, "GET PATCH PUT POST DELETE", Act.ManageSubscribers, audience + "/{aid}" + part);
                Missing(routes, "DELETE", Act.ManageSubscribers, audience + "/{aid}" + part + "/{part_id}");
            }
        }

        foreach (var part in (string[])["/page_access_users", "/page_access_groups"])
        {
            routes.Map(
                "POST DELETE", V1Routes.Page + "/components/{id}" + part, Act.ManageSubscribers,
                static context => V1Routes.RefuseAsync(context, NoAudiences));
        }
    }

    private static void Lists(V1Routes routes, Act act, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            routes.Map("GET", path, act, static context => V1Routes.WriteListAsync<V1Nothing>(context, [], V1Json.Default.IReadOnlyListV1Nothing));
        }
    }

    private static void Refuses(V1Routes routes, Refusal why, Act act, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            routes.Map("POST", path, act, context => V1Routes.RefuseAsync(context, why));
        }
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
