namespace Candor.Access;

/// <summary>How routes state their policy: <c>routes.MapPost(…).Needs(Act.PostIncident)</c>.</summary>
internal static class AccessPolicies
{
    /// <summary>GET, and HEAD with the same headers: link scanners ask so, and a link that answers them otherwise looks broken.</summary>
    public static IEndpointConventionBuilder MapReading(this IEndpointRouteBuilder routes, string pattern, RequestDelegate answer) =>
        routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], answer);

    /// <summary>For programs: a bearer token whose scope covers the act. What it touches is asked by the handler.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, Act act)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessPolicy(Door.Bearer, act, Why: null));

    /// <summary>For people: a session whose person may do the act. Unsafe methods come from our own pages, with the session's token.</summary>
    public static TBuilder NeedsPerson<TBuilder>(this TBuilder route, Act act)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessPolicy(Door.Session, act, Why: null));

    /// <summary>For everybody, with the reason why that is right.</summary>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder route, string why)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AccessPolicy(Door.Open, Needs: null, why));

    /// <summary>For forms before anybody is signed in: open, but only to our own pages.</summary>
    public static TBuilder OpenToOwnPages<TBuilder>(this TBuilder route, string why)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new AccessPolicy(Door.Open, Needs: null, why) { SameOriginOnly = true });

    /// <summary>A token that was made for it may come as <c>?api_key=</c>, as Statuspage has it.</summary>
    public static TBuilder TakesKeyInAddress<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(KeyInAddress.Taken);

    /// <summary>More or less than the listener's limit for a body; checked before anything of it is read.</summary>
    public static TBuilder BodyAtMost<TBuilder>(this TBuilder route, long bytes)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new BodyLimit(bytes));

    /// <summary>Refusals in the words of another API, such as Statuspage's.</summary>
    public static TBuilder RefusesWith<TBuilder>(this TBuilder route, RefusalForm form)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(form);
}

/// <summary>A route that takes <see cref="Parameter"/> from its query.</summary>
internal sealed record KeyInAddress
{
    public const string Parameter = "api_key";

    public static readonly KeyInAddress Taken = new();
}

/// <summary>The most bytes that a body of one route may have.</summary>
internal sealed record BodyLimit(long Bytes);
