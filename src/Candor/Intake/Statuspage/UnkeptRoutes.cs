using Candor.Access;

namespace Candor.Intake.Statuspage;

/// <summary>
/// What Statuspage keeps and this version does not: people of an organization. Nothing is taken that would be lost.
/// </summary>
internal static class UnkeptRoutes
{
    public static void Map(V1Routes routes)
    {
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
}
