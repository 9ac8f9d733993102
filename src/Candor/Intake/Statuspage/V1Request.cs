using System.Globalization;
using System.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Intake.Posting;
using Candor.Journal;

namespace Candor.Intake.Statuspage;

/// <summary>Reads a body of the management API, JSON or form, within its limits.</summary>
internal static class V1Request
{
    private const int DepthMax = 16;

    /// <summary>Null where it was refused; the answer is written then.</summary>
    public static async Task<PostRequest<SentBody>?> ReadAsync(HttpContext context, V1Wrapper wrapper)
    {
        try
        {
            using var sent = new MemoryStream();
            await context.Request.Body.CopyToAsync(sent, context.RequestAborted);
            var (body, fault) = Read(context.Request, sent.ToArray(), wrapper);
            return fault is null
                ? await PostRequest<SentBody>.OfAsync(context, body!, sent.ToArray())
                : await PostRequest<SentBody>.RefuseAsync(
                    context, fault.Code == "body.type" ? StatusCodes.Status415UnsupportedMediaType : StatusCodes.Status400BadRequest, fault);
        }
        catch (BadHttpRequestException fault)
        {
            return await PostRequest<SentBody>.RefuseAsync(
                context, fault.StatusCode, new("body.unreadable", "The body is too large or was cut off; send less, whole."));
        }
    }

    /// <summary>A number from the query, within its bounds; null where something else stands there.</summary>
    public static int? Number(HttpRequest request, string name, int otherwise, int least, int most) => request.Query[name] switch
    {
        [] => otherwise,
        [{ } text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) && read >= least => Math.Min(read, most),
        _ => null,
    };

    internal static (SentBody? Body, Refusal? Fault) Read(HttpRequest request, byte[] bytes, V1Wrapper wrapper)
    {
        if (bytes.Length == 0 && wrapper.MayBeMissing)
        {
            return (SentBody.Empty, null);
        }

        try
        {
            if (request.HasJsonContentType())
            {
                return SentBody.Unwrap(JsonText.Parse(bytes, DepthMax), wrapper);
            }

            if (!request.HasFormContentType || request.ContentType!.StartsWith("multipart", StringComparison.OrdinalIgnoreCase))
            {
                return (null, new("body.type", "Send JSON (Content-Type: application/json) or a form (application/x-www-form-urlencoded)."));
            }

            var (tree, fault) = NestedForm.Read(Encoding.UTF8.GetString(bytes));
            return tree is null ? (null, fault) : SentBody.Unwrap(JsonText.Parse(Encoding.UTF8.GetBytes(tree.ToJsonString()), DepthMax), wrapper);
        }
        catch (JsonException)
        {
            return (null, new("body.unreadable", "The body is no JSON that can be read: it is cut off, nested too deeply, or has a member twice."));
        }
    }
}
