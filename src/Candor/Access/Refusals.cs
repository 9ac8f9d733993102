using Candor.Journal;

namespace Candor.Access;

/// <summary>Answers a request with a refusal, in the form of its route.</summary>
internal static class Refusals
{
    public static Task AnswerAsync(HttpContext context, int status, Refusal refusal)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";

        // What is still to come of the body is not read: nobody here has a use for it.
        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            response.Headers.Connection = "close";
        }

        var form = context.GetEndpoint()?.Metadata.GetMetadata<RefusalForm>() ?? RefusalForm.Problem;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : form.WriteAsync(context, refusal);
    }
}
