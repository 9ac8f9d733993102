using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Access;
using Candor.Attachments;
using Candor.Intake.Posting;

namespace Candor.Commands.Posts;

/// <summary>A running server as <c>candor post</c> speaks to it. A post whose answer is lost is sent again under the same key, so it is done once.</summary>
internal sealed class PostServer(HttpClient http, Uri address, TokenText token, TimeProvider time)
{
    private const int TriesMax = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Task<byte[]> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(() => new(HttpMethod.Get, new Uri(address, path)), "Run it again.", cancellation);

    public Task<byte[]> PostAsync<T>(string path, T body, JsonTypeInfo<T> type, string key, CancellationToken cancellation)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return SendAsync(
            () => new(HttpMethod.Post, new Uri(address, path))
            {
                Content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } },
                Headers = { { "Idempotency-Key", key } },
            },
            $"Run the same command again with --key {key}: what was done already is not done twice.",
            cancellation);
    }

    /// <summary>
    /// Sends a file in chunks and gives back the id of the upload. After a lost answer it goes on from where the server says
    /// that it stands; with a key of before, from where that try ended.
    /// </summary>
    public async Task<string> UploadAsync(string name, byte[] file, string key, Action<long> reported, CancellationToken cancellation)
    {
        var upload = Stands(await PostAsync("/api/uploads", new UploadBody(name, file.Length), PostJson.Default.UploadBody, key, cancellation));
        var path = $"/api/uploads/{upload.Id}";
        while (upload.File is null)
        {
            reported(upload.Offset);
            var (from, length) = ((int)upload.Offset, Math.Min(FileLimits.Default.ChunkBytesMax, file.Length - (int)upload.Offset));
            try
            {
                upload = Stands(await SendAsync(
                    () => new(HttpMethod.Patch, new Uri(address, path))
                    {
                        Content = new ByteArrayContent(file, from, length) { Headers = { ContentType = new("application/offset+octet-stream") } },
                        Headers = { { UploadEndpoints.Offset, from.ToString(CultureInfo.InvariantCulture) } },
                    },
                    $"Run the same command again with --key {key[..key.LastIndexOf('.')]}: it goes on from there.",
                    cancellation));
            }
            catch (CommandFault elsewhere) when (elsewhere.Code == "upload.offset")
            {
                upload = Stands(await GetAsync(path, cancellation));
            }
        }

        return upload.Id;

        static UploadView Stands(byte[] answer) => JsonSerializer.Deserialize(answer, PostJson.Default.UploadView)!;
    }

    public Task DeleteAsync(string path, string again, CancellationToken cancellation) =>
        SendAsync(() => new(HttpMethod.Delete, new Uri(address, path)), again, cancellation);

    private async Task<byte[]> SendAsync(Func<HttpRequestMessage> make, string again, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var request = make();
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
                using var response = await http.SendAsync(request, cancellation);
                var body = await response.Content.ReadAsByteArrayAsync(cancellation);
                if (response.IsSuccessStatusCode)
                {
                    return body;
                }

                if (response.StatusCode != HttpStatusCode.ServiceUnavailable || tries == TriesMax)
                {
                    throw Refused(response.StatusCode, body, again);
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                if (tries == TriesMax)
                {
                    throw new CommandFault(
                        $"{address} did not answer, so it is not known whether it was done: {fault.Message}",
                        $"{again} --server names another address; `candor doctor` looks at this machine.");
                }
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    private static CommandFault Refused(HttpStatusCode status, byte[] body, string again) => new(Sentence(status, body), status switch
    {
        HttpStatusCode.Unauthorized => "The token is unknown, expired or revoked; make one on the page “Tokens”, or with `candor token create --name me --scope post`.",
        HttpStatusCode.Forbidden => "Take a token that may do this: the page “Tokens” makes one, or `candor token create --name me --scope SCOPE` on the server's machine.",
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage => again,
        _ when Read(body) is null => "Leave --server out for http://127.0.0.1:8081, or name the operators' address that `candor serve` printed.",
        HttpStatusCode.NotFound => "`candor post update` without an id takes the incident that is open.",
        _ => "Mend what it names and run it again.",
    })
    {
        Status = status,
        Code = Read(body)?.Code,
    };

    private static string Sentence(HttpStatusCode status, byte[] body)
    {
        return Read(body) switch
        {
            { Title: { Length: > 0 } said, Errors: [{ Pointer: var place }, ..] } => $"{said} ({place})",
            { Title: { Length: > 0 } said } => said,
            _ => $"The server answered {(int)status} and not as Candor does; is --server its operators' address?",
        };
    }

    private static ProblemBody? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ProblemJson.Default.ProblemBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
