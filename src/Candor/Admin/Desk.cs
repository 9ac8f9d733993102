using Candor.Access;
using Microsoft.AspNetCore.Http.Features;

namespace Candor.Admin;

/// <summary>A handler of a page that deals with people.</summary>
internal delegate Task Handle(HttpContext context, Reception reception);

/// <summary>A handler of a page for somebody who is signed in.</summary>
internal delegate Task HandleFor(HttpContext context, Reception reception, PersonPrincipal who);

/// <summary>What handlers of these pages have in common.</summary>
internal static class Desk
{
    /// <summary>Without the list of people there is nobody to deal with.</summary>
    public static RequestDelegate At(FrontDesk desk, Handle handle) => context => desk.Reception is { } reception
        ? handle(context, reception)
        : Refusals.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, Gate.NoPeople);

    public static RequestDelegate For(FrontDesk desk, HandleFor handle) =>
        At(desk, (context, reception) => handle(context, reception, (PersonPrincipal)context.Features.GetRequiredFeature<Principal>()));

    /// <summary>For what asks for fresh proof of who it is; others sign in once more and come back.</summary>
    public static RequestDelegate ForFresh(FrontDesk desk, string page, HandleFor handle) => For(desk, (context, reception, who) =>
    {
        if (reception.IsFresh(who))
        {
            return handle(context, reception, who);
        }

        AdminPages.GoTo(context, "/sign-in?to=" + Uri.EscapeDataString(page));
        return Task.CompletedTask;
    });

    /// <summary>The same as JSON, for scripts of our pages.</summary>
    public static Task AnswerAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }
}
