using System.Net;
using System.Net.Http.Headers;
using Candor.Effects;
using Candor.Importing.Reading;

namespace Candor.Commands.Imports;

/// <summary>
/// Fetches what a page answers, politely: one request at a time, redirects followed by hand through the same guard, "too
/// many requests" waited out, and never more than the limits.
/// </summary>
/// <param name="authorization">Sent to the first address's host alone.</param>
/// <param name="pause">Between two requests.</param>
internal sealed class WebPages(HttpMessageInvoker client, TimeProvider time, AuthenticationHeaderValue? authorization, TimeSpan pause)
{
    private const int RedirectsMax = 5;
    private const int TriesMax = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private long fetched;
    private string? trusted;

    /// <summary>Told how many answers have come.</summary>
    public Action<long>? Reported { get; init; }

    /// <summary>Where answers are kept for a next try, or null.</summary>
    public KeptAnswers? Kept { get; init; }

    /// <summary>The answer as a file named like the address; null for 404 and its like.</summary>
    public async Task<SourceFile?> FetchAsync(Uri address, CancellationToken cancellation)
    {
        trusted ??= address.Host;
        if (Kept?.Find(address) is { } known)
        {
            return new(NameOf(address), known);
        }

        for (var tries = 1; ; tries++)
        {
            if (fetched > 0 && pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, cancellation);
            }

            using var limit = new CancellationTokenSource(Patience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            using var answer = await SendAsync(address, both.Token, cancellation);
            Reported?.Invoke(++fetched);
            switch ((int)answer.StatusCode)
            {
                case >= 200 and < 300:
                    var body = await BodyAsync(answer, address, both.Token);
                    await (Kept?.KeepAsync(address, body, cancellation) ?? Task.CompletedTask);
                    return new(NameOf(address), body);
                case 420 or 429 or 502 or 503 when tries < TriesMax:
                    await Task.Delay(RetryAfter(answer, tries), time, cancellation);
                    continue;
                case 404 or 410:
                    return null;
                case 401 or 403:
                    throw new CommandFault($"{address.Host} refuses {address.AbsolutePath} ({(int)answer.StatusCode}).",
                        authorization is null ? "The page is private or keeps robots out: save it in a browser and import the file, or give an --api-key-file." : "Check the key: is it of this organisation, and not revoked?");
                default:
                    throw new CommandFault($"{address.Host} answers {(int)answer.StatusCode} to {address.AbsolutePath}.", "Look at the address in a browser; try again later if it is right.");
            }
        }
    }

    private static string NameOf(Uri address) => address.PathAndQuery.Trim('/') is { Length: > 0 } path ? path : address.Host;

    private async Task<HttpResponseMessage> SendAsync(Uri address, CancellationToken limit, CancellationToken cancellation)
    {
        for (var i = 0; ; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.UserAgent.ParseAdd("candor-import");
            request.Headers.Accept.ParseAdd("application/json, application/atom+xml, application/rss+xml, text/html;q=0.8, */*;q=0.5");
            request.Headers.AcceptEncoding.ParseAdd("gzip, br");
            request.Headers.Authorization = string.Equals(address.Host, trusted, StringComparison.OrdinalIgnoreCase) ? authorization : null;
            HttpResponseMessage answer;
            try
            {
                answer = await client.SendAsync(request, limit);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new CommandFault($"{address.Host} did not answer within {Patience.TotalSeconds:F0} seconds.", "Try again later, or save the page in a browser and import the file.");
            }
            catch (HttpRequestException e)
            {
                throw new CommandFault($"{address.Host} cannot be reached: {e.Message}", "Check the address and this machine's connection.");
            }

            if (answer.StatusCode is not (HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                || answer.Headers.Location is not { } location || i >= RedirectsMax)
            {
                return answer;
            }

            answer.Dispose();
            var next = new Uri(address, location);
            address = next.Scheme is "https" || (next.Scheme == "http" && address.Scheme == "http") ? next
                : throw new CommandFault($"{address.Host} leads to {next.Scheme}://{next.Host}, which is not followed.", "Name the address that it leads to, if you trust it.");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage answer, Uri address, CancellationToken cancellation)
    {
        try
        {
            return await BoundedBody.ReadAsync(answer.Content, SourceLimits.BytesMax, cancellation);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or HttpRequestException)
        {
            throw new CommandFault($"{address.Host} breaks off or misleads: {e.Message}.", "Try again, or save the page in a browser and import the file.");
        }
    }

    private static TimeSpan RetryAfter(HttpResponseMessage answer, int tries) =>
        answer.Headers.RetryAfter?.Delta is { } told && told < TimeSpan.FromMinutes(2) ? told : TimeSpan.FromSeconds(2 << tries);
}
