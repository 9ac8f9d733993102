using Candor.Access;
using Candor.Journal;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>Numbers that other tools measure, and the one provider that they come from: whoever sends them here.</summary>
internal static class MetricRoutes
{
    private const string Metrics = V1Routes.Page + "/metrics";
    private const string Providers = V1Routes.Page + "/metrics_providers";

    private static readonly Refusal OnlySent = new(
        "no_provider", "Values are not fetched from other services; send them with POST …/metrics/data to metrics of the provider of type Self.", "type");

    private static readonly Refusal Stays = new(
        "no_provider", "The provider of what is sent here is part of the page and stays; delete its metrics instead.", "metrics_provider_id");

    public static void Map(V1Routes routes)
    {
        routes.Map("GET", Metrics, Act.SeeOperations, context => ListAsync(context, routes));
        routes.Map("GET", Metrics + "/{mid}", Act.SeeOperations, context => ShowAsync(context, routes, V1Routes.IdOf(context, "mid"), StatusCodes.Status200OK));
        routes.Map("PATCH PUT", Metrics + "/{mid}", Act.Configure, context => ChangeAsync(context, routes));
        routes.Map("DELETE", Metrics + "/{mid}", Act.Configure, context => RemoveAsync(context, routes));
        routes.Map("POST", Metrics + "/data", Act.SubmitMetrics, context => TellManyAsync(context, routes));
        routes.Map("POST", Metrics + "/{mid}/data", Act.SubmitMetrics, context => TellAsync(context, routes));
        routes.Map("DELETE", Metrics + "/{mid}/data", Act.SubmitMetrics, context => ForgetAsync(context, routes));

        routes.Map("GET", Providers, Act.SeeOperations, context => V1Routes.WriteListAsync(
            context, [V1Provider.Of(routes.Desk.World)], V1Json.Default.IReadOnlyListV1Provider));
        routes.Map("POST", Providers, Act.Configure, context => ProvideAsync(context, routes));
        routes.Map("GET", Providers + "/{pid}", Act.SeeOperations, context => OfProviderAsync(context, routes, () => ShowProviderAsync(context, routes)));
        routes.Map("PATCH PUT", Providers + "/{pid}", Act.Configure, context => OfProviderAsync(context, routes, () => ProvideAsync(context, routes)));
        routes.Map("DELETE", Providers + "/{pid}", Act.Configure, context => OfProviderAsync(context, routes, () => V1Routes.RefuseAsync(context, Stays)));
        routes.Map("GET", Providers + "/{pid}/metrics", Act.SeeOperations, context => OfProviderAsync(context, routes, () => ListAsync(context, routes)));
        routes.Map("POST", Providers + "/{pid}/metrics", Act.Configure, context => OfProviderAsync(context, routes, () => DefineAsync(context, routes)));
    }

    /// <summary>All of them, or those that are named, the oldest first.</summary>
    public static IEnumerable<V1Metric> Shown(V1Routes routes, IReadOnlyCollection<string>? named = null)
    {
        var world = routes.Desk.World;
        return world.Metrics.Values.Where(one => named?.Contains(one.Definition.Id.Value) ?? true)
            .OrderBy(static one => one.CreatedAt).ThenBy(static one => one.Definition.Id.Value, StringComparer.Ordinal)
            .Select(one => V1Metric.Of(world, one, routes.Values.LatestOf(one.Definition.Id)));
    }

    private static Task ListAsync(HttpContext context, V1Routes routes) =>
        V1Routes.WriteListAsync(context, Shown(routes), V1Json.Default.IReadOnlyListV1Metric);

    private static Task ShowAsync(HttpContext context, V1Routes routes, string id, int status) =>
        routes.Desk.World.Metrics.TryGetValue(new(id), out var metric)
            ? V1Routes.WriteAsync(context, status, V1Metric.Of(routes.Desk.World, metric, routes.Values.LatestOf(new(id))), V1Json.Default.V1Metric)
            : V1Routes.RefuseAsync(context, MetricChanges.Missing(id));

    private static async Task DefineAsync(HttpContext context, V1Routes routes)
    {
        var id = routes.Desk.NewId();
        if (await V1Request.ReadAsync(context, V1Wrappers.Metric) is { } request
            && await routes.Desk.CommitAsync(
                context, request, id, (world, at) => MetricChanges.Define(world, at, new(request.Who.Actor), new(id), request.Body)) is { } done)
        {
            await ShowAsync(context, routes, done.Target, StatusCodes.Status201Created);
        }
    }

    private static async Task ChangeAsync(HttpContext context, V1Routes routes)
    {
        var id = V1Routes.IdOf(context, "mid");
        if (await V1Request.ReadAsync(context, V1Wrappers.Metric) is { } request
            && await routes.Desk.CommitAsync(
                context, request, id, (world, at) => MetricChanges.Change(world, at, new(request.Who.Actor), new(id), request.Body)) is not null)
        {
            await ShowAsync(context, routes, id, StatusCodes.Status200OK);
        }
    }

    /// <summary>With all its values; answers with what was removed, as it was.</summary>
    private static async Task RemoveAsync(HttpContext context, V1Routes routes)
    {
        var id = new MetricId(V1Routes.IdOf(context, "mid"));
        var before = routes.Desk.World.Metrics.GetValueOrDefault(id) is { } metric ? V1Metric.Of(routes.Desk.World, metric, routes.Values.LatestOf(id)) : null;
        if (await V1Request.ReadAsync(context, V1Wrappers.Metric with { MayBeMissing = true }) is { } request
            && await routes.Desk.CommitAsync(
                context, request, id.Value, (world, at) => MetricDecisions.Remove(world, at, new(request.Who.Actor), id)) is not null)
        {
            routes.Values.Forget(id);
            await (before is null ? V1Routes.MissingAsync(context) : V1Routes.WriteAsync(context, StatusCodes.Status200OK, before, V1Json.Default.V1Metric));
        }
    }

    private static async Task TellAsync(HttpContext context, V1Routes routes)
    {
        var id = V1Routes.IdOf(context, "mid");
        if (await V1Request.ReadAsync(context, V1Wrappers.Point) is not { } request)
        {
            return;
        }

        var (points, fault) = MetricChanges.Points(request.Body.Members, routes.Now);
        if ((Unknown(routes, id) ?? fault) is { } no)
        {
            await V1Routes.RefuseAsync(context, no);
            return;
        }

        routes.Values.Tell(new(id), points);
        await V1Routes.WriteAsync(context, StatusCodes.Status201Created, new(ToldOf(points)[0]), V1Json.Default.V1PointTold);
    }

    /// <summary>Values of several metrics: all of them or, where one cannot be taken, none.</summary>
    private static async Task TellManyAsync(HttpContext context, V1Routes routes)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Points) is not { } request)
        {
            return;
        }

        var all = new Dictionary<string, IReadOnlyList<(DateTimeOffset At, double Value)>>(StringComparer.Ordinal);
        foreach (var member in request.Body.Members.EnumerateObject())
        {
            var (points, fault) = MetricChanges.Points(member.Value, routes.Now);
            if ((Unknown(routes, member.Name) ?? fault) is { } no)
            {
                await V1Routes.RefuseAsync(context, no);
                return;
            }

            all[member.Name] = points;
        }

        foreach (var (id, points) in all)
        {
            routes.Values.Tell(new(id), points);
        }

        await V1Routes.WriteAsync(
            context, StatusCodes.Status202Accepted, all.ToDictionary(static one => one.Key, static one => ToldOf(one.Value)),
            V1Json.Default.IReadOnlyDictionaryStringIReadOnlyListV1Point);
    }

    private static Task ForgetAsync(HttpContext context, V1Routes routes)
    {
        var id = V1Routes.IdOf(context, "mid");
        if (Unknown(routes, id) is { } no)
        {
            return V1Routes.RefuseAsync(context, no);
        }

        routes.Values.Forget(new(id));
        return ShowAsync(context, routes, id, StatusCodes.Status200OK);
    }

    private static async Task ProvideAsync(HttpContext context, V1Routes routes)
    {
        if (await V1Request.ReadAsync(context, V1Wrappers.Provider) is not { } request)
        {
            return;
        }

        var type = new SentFields(request.Body, routes.Desk.World, routes.Now).Text("type");
        await (type is null or V1Provider.Self
            ? V1Routes.WriteAsync(
                context, HttpMethods.IsPost(context.Request.Method) ? StatusCodes.Status201Created : StatusCodes.Status200OK,
                V1Provider.Of(routes.Desk.World), V1Json.Default.V1Provider)
            : V1Routes.RefuseAsync(context, OnlySent));
    }

    private static Task ShowProviderAsync(HttpContext context, V1Routes routes) =>
        V1Routes.WriteAsync(context, StatusCodes.Status200OK, V1Provider.Of(routes.Desk.World), V1Json.Default.V1Provider);

    private static Task OfProviderAsync(HttpContext context, V1Routes routes, Func<Task> answer) =>
        V1Routes.IdOf(context, "pid") == V1Provider.IdOf(routes.Desk.World) ? answer() : V1Routes.MissingAsync(context);

    private static Refusal? Unknown(V1Routes routes, string id) => routes.Desk.World.Metrics.ContainsKey(new(id)) ? null : MetricChanges.Missing(id);

    private static IReadOnlyList<V1Point> ToldOf(IReadOnlyList<(DateTimeOffset At, double Value)> points) =>
        [.. points.Select(static one => new V1Point(one.At.ToUnixTimeSeconds(), one.Value))];
}
