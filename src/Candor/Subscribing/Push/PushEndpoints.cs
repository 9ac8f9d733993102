using Candor.Access;
using Candor.Notices.Subscribers;

namespace Candor.Subscribing.Push;

/// <summary>
/// What a browser needs before it can be pushed to: the script of the form, the worker that shows what comes, and the key.
/// Where nobody can be told they are no addresses.
/// </summary>
internal static class PushEndpoints
{
    private const string Open = "a script of the page for subscribing, and a public key";

    private static readonly byte[] Script = Read("push.js");
    private static readonly byte[] Worker = Read("push-worker.js");

    public static void MapPush(this IEndpointRouteBuilder routes, SubscriberDesk desk)
    {
        routes.MapReading("/push.js", context => AnswerAsync(context, desk, "text/javascript; charset=utf-8", Script)).OpenToAll(Open);
        routes.MapReading("/push-worker.js", context => AnswerAsync(context, desk, "text/javascript; charset=utf-8", Worker)).OpenToAll(Open);
        routes.MapReading("/push-key", context => AnswerAsync(
            context, desk, "text/plain; charset=utf-8", System.Text.Encoding.ASCII.GetBytes(desk.Office?.PushKey ?? ""))).OpenToAll(Open);
    }

    private static Task AnswerAsync(HttpContext context, SubscriberDesk desk, string type, byte[] content)
    {
        if (!desk.IsOpen || desk.Office?.PushKey is null)
        {
            // Nobody's address, so the pages answer that there is none.
            context.SetEndpoint(null);
            return Task.CompletedTask;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(PushEndpoints).Assembly.GetManifestResourceStream($"Candor.Subscribing.Push.{name}")
            ?? throw new InvalidOperationException($"The asset {name} is not part of the build.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
