using Candor.Access;
using Candor.Journal;

namespace Candor.Intake.Statuspage;

/// <summary>
/// Members of audiences are let in and taken out here. Which audiences there are and what each may see is declared in the
/// settings file: what says the same is taken, anything else is refused with the place to change it.
/// </summary>
internal static class ReaderRoutes
{
    private const string Users = V1Routes.Page + "/page_access_users";
    private const string Groups = V1Routes.Page + "/page_access_groups";

    private static readonly Refusal Declared =
        ComponentChanges.Settings("Which audiences there are (audiences) and what each may see (only_for) is declared");

    public static void Map(V1Routes routes)
    {
        routes.Map("GET", Users, Act.ManageReaders, context => ListAsync(context, routes));
        routes.Map("POST", Users, Act.ManageReaders, context => ReaderChanges.LetInAsync(context, routes));
        routes.Map("GET", Users + "/{aid}", Act.ManageReaders, context => OfReaderAsync(context, routes, (reader, _) => ShowAsync(context, reader)));
        routes.Map("PATCH PUT", Users + "/{aid}", Act.ManageReaders, context => OfReaderAsync(context, routes, (reader, _) => ReaderChanges.ChangeAsync(context, routes, reader)));
        routes.Map("DELETE", Users + "/{aid}", Act.ManageReaders, context => OfReaderAsync(context, routes, (reader, _) => ReaderChanges.TakeOutAsync(context, routes, reader)));

        routes.Map("GET", Groups, Act.ManageReaders, context => V1Routes.WriteListAsync(
            context, routes.Readers.Groups, V1Json.Default.IReadOnlyListV1ReaderGroup));
        routes.Map("POST", Groups, Act.ManageReaders, static context => V1Routes.RefuseAsync(context, Declared));
        routes.Map("GET", Groups + "/{aid}", Act.ManageReaders, context => OfGroupAsync(context, routes, (group, _) => ShowAsync(context, group)));
        routes.Map("PATCH PUT", Groups + "/{aid}", Act.ManageReaders, context => OfGroupAsync(context, routes, (group, _) => ReaderChanges.ChangeAsync(context, routes, group)));
        routes.Map("DELETE", Groups + "/{aid}", Act.ManageReaders, context => OfGroupAsync(context, routes, (_, _) => V1Routes.RefuseAsync(context, Declared)));

        MapSeen<V1Reader>(routes, Users, OfReaderAsync, static (reader, shapes) => shapes.AudiencesOf(reader));
        MapSeen<V1ReaderGroup>(routes, Groups, OfGroupAsync, static (group, _) => [group.Name]);
        foreach (var part in (string[])["/page_access_users", "/page_access_groups"])
        {
            routes.Map("POST DELETE", V1Routes.Page + "/components/{id}" + part, Act.ManageReaders, context => OfComponentAsync(context, routes, part[1..]));
        }
    }

    /// <summary>What a reader or a group sees: read here, and changed in the settings file.</summary>
    private static void MapSeen<T>(
        V1Routes routes, string path, Func<HttpContext, V1Routes, Func<T, ReaderShapes, Task>, Task> of, Func<T, ReaderShapes, IReadOnlyCollection<string>> audiencesOf)
    {
        routes.Map("GET", path + "/{aid}/components", Act.ManageReaders, context => of(context, routes, (one, shapes) => V1Routes.WriteListAsync(
            context, shapes.ComponentsOf(audiencesOf(one, shapes)), V1Json.Default.IReadOnlyListV1Component)));
        routes.Map("GET", path + "/{aid}/metrics", Act.ManageReaders, context => of(context, routes, (one, shapes) => V1Routes.WriteListAsync(
            context, MetricRoutes.Shown(routes, shapes.MetricsOf(audiencesOf(one, shapes))), V1Json.Default.IReadOnlyListV1Metric)));
        foreach (var (part, member) in (ReadOnlySpan<(string, string)>)[("components", "component_ids"), ("metrics", "metric_ids")])
        {
            routes.Map("PATCH PUT POST", $"{path}/{{aid}}/{part}", Act.ManageReaders, context => of(context, routes, (one, shapes) => SeenAsync(
                context, routes, member,
                part == "metrics" ? shapes.MetricsOf(audiencesOf(one, shapes)) : [.. shapes.ComponentsOf(audiencesOf(one, shapes)).Select(static seen => seen.Id)])));
            routes.Map("DELETE", $"{path}/{{aid}}/{part}", Act.ManageReaders, context => of(context, routes, (_, _) => V1Routes.RefuseAsync(context, Declared)));
            routes.Map("DELETE", $"{path}/{{aid}}/{part}/{{part_id}}", Act.ManageReaders, context => of(context, routes, (_, _) => V1Routes.RefuseAsync(context, Declared)));
        }
    }

    private static Task ListAsync(HttpContext context, V1Routes routes)
    {
        var sought = context.Request.Query["email"].ToString();
        return V1Routes.WriteListAsync(
            context, routes.Readers.Readers.Where(one => sought.Length == 0 || one.Email.Contains(sought, StringComparison.OrdinalIgnoreCase)),
            V1Json.Default.IReadOnlyListV1Reader);
    }

    private static Task ShowAsync(HttpContext context, V1Reader reader) =>
        V1Routes.WriteAsync(context, StatusCodes.Status200OK, reader, V1Json.Default.V1Reader);

    private static Task ShowAsync(HttpContext context, V1ReaderGroup group) =>
        V1Routes.WriteAsync(context, StatusCodes.Status200OK, group, V1Json.Default.V1ReaderGroup);

    private static Task OfReaderAsync(HttpContext context, V1Routes routes, Func<V1Reader, ReaderShapes, Task> answer)
    {
        var shapes = routes.Readers;
        return shapes.Reader(V1Routes.IdOf(context, "aid")) is { } reader ? answer(reader, shapes) : V1Routes.MissingAsync(context);
    }

    private static Task OfGroupAsync(HttpContext context, V1Routes routes, Func<V1ReaderGroup, ReaderShapes, Task> answer)
    {
        var shapes = routes.Readers;
        return shapes.Group(V1Routes.IdOf(context, "aid")) is { } group ? answer(group, shapes) : V1Routes.MissingAsync(context);
    }

    /// <summary>Adding what is seen already changes nothing, and a whole list is right where it is the one that there is.</summary>
    private static async Task SeenAsync(HttpContext context, V1Routes routes, string member, IReadOnlyList<string> seen)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Named) is not { } request)
        {
            return;
        }

        var sent = new SentFields(request.Body, routes.Desk.World, routes.Now);
        var named = sent.List(member);
        var isSame = named.All(seen.Contains) && (HttpMethods.IsPost(context.Request.Method) || named.Distinct().Count() == seen.Count);
        await ((sent.Fault ?? (isSame ? null : Declared with { Field = member })) is { } no
            ? V1Routes.RefuseAsync(context, no)
            : V1Routes.WriteAsync(context, StatusCodes.Status200OK, [.. named], V1Json.Default.IReadOnlyListString));
    }

    /// <summary>Whoever sees the component already may be named; letting others see it is the settings file's.</summary>
    private static async Task OfComponentAsync(HttpContext context, V1Routes routes, string member)
    {
        var shapes = routes.Readers;
        if (new V1Shapes(routes.Desk.World).Component(V1Routes.IdOf(context)) is not { } component)
        {
            await V1Routes.RefuseAsync(context, ComponentChanges.Missing(V1Routes.IdOf(context)));
            return;
        }

        if (await V1Request.ReadAsync(context, V1Wrappers.Named) is not { } request)
        {
            return;
        }

        var sent = new SentFields(request.Body, routes.Desk.World, routes.Now);
        var named = sent.List(member[..^1] + "_ids");
        var see = HttpMethods.IsPost(context.Request.Method) && named.All(id => member == "page_access_users"
            ? shapes.Reader(id)?.ComponentIds.Contains(component.Id) is true
            : shapes.Group(id)?.ComponentIds.Contains(component.Id) is true);
        await ((sent.Fault ?? (see ? null : Declared)) is { } no
            ? V1Routes.RefuseAsync(context, no)
            : V1Routes.WriteAsync(context, StatusCodes.Status200OK, component, V1Json.Default.V1Component));
    }
}
