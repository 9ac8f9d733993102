using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Candor.Access;
using Candor.Agents.Wire;
using Candor.Journal;

namespace Candor.Agents.Outpost;

/// <summary>What came of asking the core: an answer, its refusal, or no answer that can be told from none.</summary>
internal readonly record struct CoreAnswer<T>(T? Said, Refusal? Refusal, string? Silence)
    where T : class;

/// <summary>
/// An agent's way to the core. Signs each request, takes a challenge when it has none that is good, and never tells a proxy's
/// error page from silence: only what reads as the core's word is that.
/// </summary>
internal sealed class CoreLine(HttpClient http, Uri server)
{
    private const int AnswerBytesMax = 4 * 1024 * 1024;

    private string? challenge;
    private long count;

    public Task<CoreAnswer<EnrolView>> EnrolAsync(string code, ECDsa key, CancellationToken cancellation)
    {
        var body = new EnrolBody(code, Signing.PublicOf(key), Signing.Prove(key, code));
        return AskAsync(AgentEndpoints.EnrolPath, JsonSerializer.SerializeToUtf8Bytes(body, AgentJson.Default.EnrolBody), null, AgentJson.Default.EnrolView, cancellation);
    }

    /// <param name="write">Writes the report by what the core's calendar was last said to be.</param>
    public Task<CoreAnswer<ReportView>> ReportAsync(string place, ECDsa key, Func<byte[]> write, Action<long> heardAt, CancellationToken cancellation) =>
        SignedAsync(AgentEndpoints.ReportPath, place, key, write, heardAt, AgentJson.Default.ReportView, cancellation);

    public Task<CoreAnswer<EnrolView>> RotateAsync(string place, ECDsa key, ECDsa next, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new(Signing.PublicOf(next), Signing.Prove(next, place)), AgentJson.Default.KeyBody);
        return SignedAsync(AgentEndpoints.KeyPath, place, key, () => body, static _ => { }, AgentJson.Default.EnrolView, cancellation);
    }

    private async Task<CoreAnswer<T>> SignedAsync<T>(
        string path, string place, ECDsa key, Func<byte[]> write, Action<long> heardAt, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        for (var isFirst = true; ; isFirst = false)
        {
            if (challenge is null)
            {
                var given = await AskAsync(AgentEndpoints.ChallengePath, [], null, AgentJson.Default.ChallengeView, cancellation);
                if (given.Said is not { } said)
                {
                    return new(null, given.Refusal, given.Silence);
                }

                (challenge, count) = (said.Challenge, 0);
                heardAt(said.AtMs);
            }

            var body = write();
            var stamp = new RequestStamp(place, challenge, ++count);
            var answer = await AskAsync(
                path, body, request =>
                {
                    request.Headers.Add(Signing.PlaceHeader, place);
                    request.Headers.Add(Signing.ChallengeHeader, stamp.Challenge);
                    request.Headers.Add(Signing.CountHeader, stamp.Count.ToString(CultureInfo.InvariantCulture));
                    request.Headers.Add(Signing.SignatureHeader, Signing.Sign(key, path, stamp, body));
                },
                type, cancellation);
            if (answer.Refusal?.Code is not ("agent.challenge" or "agent.replay"))
            {
                return answer;
            }

            // The core was started anew, or an hour is over.
            challenge = null;
            if (!isFirst)
            {
                return answer;
            }
        }
    }

    private async Task<CoreAnswer<T>> AskAsync<T>(
        string path, byte[] body, Action<HttpRequestMessage>? sign, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, path))
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            };
            sign?.Invoke(request);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var answer = await Effects.BoundedBody.ReadAsync(response.Content, AnswerBytesMax, cancellation);
            return response.IsSuccessStatusCode
                ? new(JsonSerializer.Deserialize(answer.Span, type) ?? throw new JsonException("It is empty."), null, null)
                : Refused<T>(answer.Span, (int)response.StatusCode);
        }
        catch (JsonException)
        {
            return new(null, null, "something answered that is no Candor");
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested
            && fault is HttpRequestException or IOException or OperationCanceledException or InvalidDataException or Effects.EgressForbiddenException)
        {
            return new(null, null, fault is OperationCanceledException ? "it did not answer in time" : fault.Message);
        }
    }

    /// <summary>Only a refusal by name is the core's word; 5xx and what proxies say count as silence.</summary>
    private static CoreAnswer<T> Refused<T>(ReadOnlySpan<byte> body, int status)
        where T : class
    {
        var problem = Problem(body);
        return problem is { Code: { } code, Title: { } sentence } && status < 500
            ? new(null, new(code, sentence), null)
            : new(null, null, string.Create(CultureInfo.InvariantCulture, $"it answered {status}{(problem?.Title is { } title ? ": " + title : "")}"));
    }

    private static ProblemBody? Problem(ReadOnlySpan<byte> body)
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
