using Candor.Journal;

namespace Candor.Access;

/// <summary>Answers a request with a refusal, in the form of its route.</summary>
internal static class Refusals
{
    /// <summary>A body above what its route takes. What does not read at all is a fault of another kind.</summary>
    public static bool IsTooLarge(Exception fault) => fault is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge };

    public static Task AnswerTooLargeAsync(HttpContext context) => AnswerAsync(
        context, StatusCodes.Status413PayloadTooLarge, new("body.too_large", "The body is larger than is taken at once; send it in several parts."));

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
