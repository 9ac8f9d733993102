using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Candor.Watching;

/// <summary>
/// What is wrong with Candor, since when, and what to do, in plain text: it can be read with nothing but the listener up. A
/// browser is sent on to the page that people work with.
/// </summary>
internal static class SelfPage
{
    public static IEndpointConventionBuilder MapSelfPage(
        this IEndpointRouteBuilder routes, SelfLog self, string version, Func<HttpContext, string?> forPeople) =>
        routes.MapGet("/", context =>
        {
            context.Response.Headers.Vary = "Accept";
            if (forPeople(context) is { } path)
            {
                context.Response.StatusCode = StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = path;
                context.Response.Headers.CacheControl = "no-store";
                return Task.CompletedTask;
            }

            context.Response.ContentType = "text/plain; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return context.Response.WriteAsync(Text(self, version), context.RequestAborted);
        });

    internal static string Text(SelfLog self, string version)
    {
        var text = new StringBuilder($"Candor {version}\n\n");
        var problems = self.Problems;
        text.Append(problems.IsEmpty ? "Nothing is wrong with Candor itself.\n" : "Wrong with Candor itself:\n");
        foreach (var problem in problems)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {problem.Sentence} (since {problem.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)\n");
            if (problem.Detail is { } detail)
            {
                text.Append("  ").Append(detail).Append('\n');
            }
        }

        return text.Append("\n/metrics   figures for Prometheus\n/healthz   for load balancers; /healthz?strict for whoever watches the watcher\n").ToString();
    }
}
