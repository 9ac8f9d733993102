using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Access;
using Candor.Importing.Entering;
using Candor.Intake.Posting;
using Candor.State;

namespace Candor.Commands.Imports;

/// <summary><c>/api/imports</c>, the server's side of <c>candor import</c>: another page's past, in and out again.</summary>
internal static class ImportEndpoints
{
    /// <summary>A hundred incidents with long reports.</summary>
    private const long BodyBytesMax = 32 << 20;

    public static void MapImports(this IEndpointRouteBuilder routes, PostDesk desk, TimeProvider time)
    {
        routes.MapPost("/api/imports", At(desk, context => EnterAsync(context, desk, time))).Needs(Act.Import).BodyAtMost(BodyBytesMax);
        routes.MapPost("/api/imports/{id}/withdraw", At(desk, context => WithdrawAsync(context, desk))).Needs(Act.Import).BodyAtMost(1024);
    }

    private static RequestDelegate At(PostDesk desk, Func<HttpContext, Task> answer) => PostEndpoints.At(desk, (context, _) => answer(context));

    private static async Task EnterAsync(HttpContext context, PostDesk desk, TimeProvider time)
    {
        if (await PostRequest<ImportRequest>.ReadAsync(context, ImportJson.Default.ImportRequest) is not { } request)
        {
            return;
        }

        if (request.Body.Fault() is { } fault)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status422UnprocessableEntity, fault);
            return;
        }

        // A repeat under the same key decides nothing: it is told what stands there.
        var world = desk.World;
        var (plan, refusal) = ImportPlan.Of(request.Body, world, time.GetUtcNow());
        if (refusal is null && !request.Body.DryRun)
        {
            var done = await desk.CommitAsync(context, request, request.Body.Import.Value, (now, at) =>
            {
                (plan, refusal) = ImportPlan.Of(request.Body, world = now, at);
                return refusal is { } no ? no : plan!.Decide(new(request.Who.Actor));
            });
            if (done is null)
            {
                return;
            }
        }

        if (refusal is { } why)
        {
            await Refusals.AnswerAsync(context, StatusCodes.Status422UnprocessableEntity, why);
            return;
        }

        await WriteAsync(context, ImportTold.Of(request.Body, plan!, world), ImportJson.Default.ImportTold);
    }

    private static async Task WithdrawAsync(HttpContext context, PostDesk desk)
    {
        if (await PostRequest<WithdrawBody>.ReadAsync(context, ImportJson.Default.WithdrawBody) is not { } request)
        {
            return;
        }

        var import = new ImportId((string)context.Request.RouteValues["id"]!);
        var told = WithdrawnTold.Of(desk.World, import, []);
        if (await desk.CommitAsync(context, request, import.Value, (world, at) =>
            {
                var decided = HistoryDecisions.Withdraw(world, at, new(request.Who.Actor), import);
                told = decided.Refusal is null ? WithdrawnTold.Of(world, import, decided.Events) : told;
                return decided;
            }) is not null)
        {
            await WriteAsync(context, told, ImportJson.Default.WithdrawnTold);
        }
    }

    private static async Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), context.RequestAborted);
    }
}
