using System.Text.Json;
using Candor.Access;

namespace Candor.Intake.Statuspage;

/// <summary>The page itself: one, and described by its settings file.</summary>
internal static class PageRoutes
{
    public static void Map(V1Routes routes)
    {
        routes.Map("GET", V1Routes.Pages, Act.SeeOperations, context => V1Routes.WriteListAsync(
            context, [new V1Shapes(routes.Desk.World).Page], V1Json.Default.IReadOnlyListV1Page));
        routes.Map("GET", V1Routes.Page, Act.SeeOperations, context => ShowAsync(context, routes));
        routes.Map("PATCH PUT", V1Routes.Page, Act.Configure, context => ChangeAsync(context, routes));
    }

    private static Task ShowAsync(HttpContext context, V1Routes routes) =>
        V1Routes.WriteAsync(context, StatusCodes.Status200OK, new V1Shapes(routes.Desk.World).Page, V1Json.Default.V1Page);

    private static async Task ChangeAsync(HttpContext context, V1Routes routes)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Page) is not { } request)
        {
            return;
        }

        var shown = JsonSerializer.SerializeToElement(new V1Shapes(routes.Desk.World).Page, V1Json.Default.V1Page);
        await (ComponentChanges.Declared(request.Body, shown, "the page") is { } no ? V1Routes.RefuseAsync(context, no) : ShowAsync(context, routes));
    }
}
