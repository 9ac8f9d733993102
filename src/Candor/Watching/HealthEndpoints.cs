using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Candor.Watching;

/// <summary>
/// <c>/healthz</c>: 200 while there is a page to serve, also a degraded one, so that no load balancer takes away the
/// page that says what is wrong; 503 before the first page is ready. <c>/healthz?strict</c>, for whoever watches the
/// watcher: 503 as soon as anything is wrong.
/// </summary>
internal static class HealthEndpoints
{
    public static IEndpointConventionBuilder MapHealth(
        this IEndpointRouteBuilder routes, SelfLog self, Func<bool> ready, string version) =>
        routes.MapMethods("/healthz", [HttpMethods.Get, HttpMethods.Head], context =>
        {
            var answer = HealthAnswer.Of(ready(), version, self.Problems);
            return WriteAsync(context, answer, strict: context.Request.Query.ContainsKey("strict"));
        });

    private static Task WriteAsync(HttpContext context, HealthAnswer answer, bool strict)
    {
        var well = answer.Status == "ok" || (answer.Status == "degraded" && !strict);
        context.Response.StatusCode = well ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, HealthJson.Default.HealthAnswer);
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
