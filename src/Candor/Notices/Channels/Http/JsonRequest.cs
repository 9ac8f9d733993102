using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Candor.Notices.Channels.Http;

/// <summary>A POST of JSON. The notice's key goes along for whoever compares keys.</summary>
internal static class JsonRequest
{
    // Nothing of it stands within HTML, and most of the world's letters would take three times as much otherwise.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is posted, to the byte.</summary>
    public static byte[] BytesOf(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString(Plain));

    public static HttpRequestMessage Post(Message message, string address, JsonObject body)
    {
        var content = new ByteArrayContent(BytesOf(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", "Candor-Notices/1");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", message.Key);
        return request;
    }
}
