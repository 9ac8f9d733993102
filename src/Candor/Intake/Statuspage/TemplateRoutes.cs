using System.Collections.Immutable;
using Candor.Access;
using Candor.Journal;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Intake.Statuspage;

/// <summary>Templates for incidents.</summary>
internal static class TemplateRoutes
{
    private const string Templates = V1Routes.Page + "/incident_templates";

    public static void Map(V1Routes routes)
    {
        routes.Map("GET", Templates, Act.SeeOperations, context => V1Routes.WriteListAsync(
            context, Shapes(routes.WorldOf(context)), V1Json.Default.IReadOnlyListV1Template));
        routes.Map("POST", Templates, Act.EditTemplates, context => CreateAsync(context, routes));
    }

    private static async Task CreateAsync(HttpContext context, V1Routes routes)
    {
        var id = routes.Desk.NewId();
        if (await V1Request.ReadAsync(context, V1Wrappers.Template) is { } request
            && await routes.Desk.CommitAsync(
                context, request, id, (world, at) => Save(world, at, new(request.Who.Actor), new(id), request.Body)) is { } done
            && Shapes(routes.Desk.World).FirstOrDefault(template => template.Id == done.Target) is { } made)
        {
            await V1Routes.WriteAsync(context, StatusCodes.Status201Created, made, V1Json.Default.V1Template);
        }
    }

    private static Decision<Event> Save(World world, DateTimeOffset at, Actor by, TemplateId id, SentBody body)
    {
        var sent = new SentFields(body, world, at);
        var named = sent.Components() ?? [];
        var wish = new SavedTemplate(sent.Text("name") ?? "", sent.Text("title") ?? sent.Text("name") ?? "", sent.Text("body") ?? "")
        {
            Status = sent.Word("update_status", V1Words.Incident),
            Components = [.. named.Select(id => new Affected(id, world.Components[id].State.Status))],
            DeliverNotifications = sent.Flag("should_send_notifications") ?? false,
        };
        return sent.Fault is { } no ? no : TemplateDecisions.Save(world, at, by, id, wish);
    }

    private static ImmutableArray<V1Template> Shapes(World world)
    {
        var shapes = new V1Shapes(world);
        return
        [
            .. world.Templates.OrderBy(static one => one.Value.Name, StringComparer.Ordinal).Select(one => new V1Template(
                one.Key.Value, [.. one.Value.Components.Select(named => shapes.Component(named.Component.Value)).OfType<V1Component>()],
                one.Value.Name, one.Value.Title, one.Value.Body, GroupId: null, one.Value.Status, ShouldTweet: false,
                one.Value.DeliverNotifications)),
        ];
    }
}
