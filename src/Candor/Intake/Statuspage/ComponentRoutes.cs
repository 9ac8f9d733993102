using System.Text.Json;
using Candor.Access;
using Candor.Journal;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>Components and the groups that they are in.</summary>
internal static class ComponentRoutes
{
    private const string Components = V1Routes.Page + "/components";
    private const string Groups = V1Routes.Page + "/component-groups";

    public static void Map(V1Routes routes, TimeProvider time)
    {
        routes.Map("GET", Components, Act.SeeOperations, context => V1Routes.WriteListAsync(
            context, new V1Shapes(routes.WorldOf(context)).Components, V1Json.Default.IReadOnlyListV1Component));
        routes.Map("GET", Components + "/{id}", Act.SeeOperations, context => ShowAsync(context, routes));
        routes.Map("PATCH PUT", Components + "/{id}", Act.SetStatus, context => ChangeAsync(context, routes));
        routes.Map("POST", Components, Act.Configure, static context => DeclaredAsync(context, "Components are declared"));
        routes.Map("DELETE", Components + "/{id}", Act.Configure, static context => DeclaredAsync(context, "Components are declared"));
        routes.Map("GET", Components + "/{id}/uptime", Act.SeeOperations, context => UptimeRoutes.ShowAsync(context, routes.WorldOf(context), time));

        routes.Map("GET", Groups, Act.SeeOperations, context => V1Routes.WriteListAsync(
            context, new V1Shapes(routes.WorldOf(context)).Groups, V1Json.Default.IReadOnlyListV1Group));
        routes.Map("GET", Groups + "/{id}", Act.SeeOperations, context => ShowGroupAsync(context, routes));
        routes.Map("PATCH PUT", Groups + "/{id}", Act.Configure, context => ChangeGroupAsync(context, routes));
        routes.Map("POST", Groups, Act.Configure, static context => DeclaredAsync(context, "Groups of components are declared"));
        routes.Map("DELETE", Groups + "/{id}", Act.Configure, static context => DeclaredAsync(context, "Groups of components are declared"));
        routes.Map("GET", Groups + "/{id}/uptime", Act.SeeOperations, context => UptimeRoutes.ShowAsync(context, routes.WorldOf(context), time));
    }

    private static Task DeclaredAsync(HttpContext context, string what) => V1Routes.RefuseAsync(context, ComponentChanges.Settings(what));

    private static Task ShowAsync(HttpContext context, V1Routes routes) =>
        new V1Shapes(routes.WorldOf(context)).Component(V1Routes.IdOf(context)) is { } component
            ? V1Routes.WriteAsync(context, StatusCodes.Status200OK, component, V1Json.Default.V1Component)
            : V1Routes.RefuseAsync(context, ComponentChanges.Missing(V1Routes.IdOf(context)));

    private static async Task ChangeAsync(HttpContext context, V1Routes routes)
    {
        var id = V1Routes.IdOf(context);
        if (await V1Request.ReadAsync(context, V1Wrappers.Component) is { } request
            && await routes.Desk.CommitAsync(
                context, request, id, (world, at) => ComponentChanges.Change(world, at, request.Who, id, request.Body)) is not null)
        {
            await ShowAsync(context, routes);
        }
    }

    private static Task ShowGroupAsync(HttpContext context, V1Routes routes) => FindGroup(context, routes) is { } group
        ? V1Routes.WriteAsync(context, StatusCodes.Status200OK, group, V1Json.Default.V1Group)
        : V1Routes.RefuseAsync(context, NoGroup(context));

    private static async Task ChangeGroupAsync(HttpContext context, V1Routes routes)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Group) is not { } request)
        {
            return;
        }

        var no = FindGroup(context, routes) is { } group
            ? ComponentChanges.Declared(request.Body, JsonSerializer.SerializeToElement(group, V1Json.Default.V1Group), $"group “{group.Name}”")
            : NoGroup(context);
        await (no is null ? ShowGroupAsync(context, routes) : V1Routes.RefuseAsync(context, no));
    }

    private static V1Group? FindGroup(HttpContext context, V1Routes routes) =>
        new V1Shapes(routes.WorldOf(context)).Groups.FirstOrDefault(group => group.Id == V1Routes.IdOf(context));

    private static Refusal NoGroup(HttpContext context) =>
        new("not_found", $"There is no group {V1Routes.IdOf(context)}; GET …/component-groups lists them.", "id");
}
