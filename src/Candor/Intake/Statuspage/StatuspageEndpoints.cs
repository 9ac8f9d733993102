using Candor.Access;
using Candor.Intake.Posting;

namespace Candor.Intake.Statuspage;

/// <summary><c>/v1</c>: Statuspage's management API, so that tools for it work here once they are told another address.</summary>
internal static class StatuspageEndpoints
{
    public static void MapStatuspage(
        this IEndpointRouteBuilder endpoints, PostDesk desk, V1Contacts contacts, V1Values values, FrontDesk front, TimeProvider time)
    {
        var routes = new V1Routes(endpoints, desk, contacts, values, front, time);
        PageRoutes.Map(routes);
        ComponentRoutes.Map(routes, time);
        IncidentRoutes.Map(routes);
        PostmortemRoutes.Map(routes);
        TemplateRoutes.Map(routes);
        SubscriberRoutes.Map(routes);
        IncidentSubscriberRoutes.Map(routes);
        ReaderRoutes.Map(routes);
        MetricRoutes.Map(routes);
        EmbedRoutes.Map(routes);
        UnkeptRoutes.Map(routes);
        routes.MapRest();
    }
}
