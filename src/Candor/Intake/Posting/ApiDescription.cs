using Candor.Access;

namespace Candor.Intake.Posting;

/// <summary><c>/openapi.json</c>: what programs may ask of the operators' listener. Kept by hand in docs, and held to the routes and to real answers by tests.</summary>
internal static class ApiDescription
{
    private static readonly byte[] Document = Read();

    public static string Text => System.Text.Encoding.UTF8.GetString(Document);

    public static void MapApiDescription(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/openapi.json", static context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return context.Response.Body.WriteAsync(Document, context.RequestAborted).AsTask();
        }).OpenToAll("it describes the program, which is public, and nothing of this installation");

    private static byte[] Read()
    {
        using var stream = typeof(ApiDescription).Assembly.GetManifestResourceStream("Candor.openapi.json")
            ?? throw new InvalidOperationException("docs/openapi.json is not part of the build.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
