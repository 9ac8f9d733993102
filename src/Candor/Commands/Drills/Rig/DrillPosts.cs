using System.Globalization;
using System.Net;

namespace Candor.Commands.Drills.Rig;

/// <summary>People who post to one incident, what they were answered, and how long a write takes.</summary>
/// <param name="incident">That everybody is told of.</param>
/// <param name="notes">An incident that nobody is told of: what is written there costs the store and nothing else.</param>
internal sealed class DrillPosts(DrillServer server, string incident, string notes, TimeProvider time)
{
    private static readonly TimeSpan PostEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AcceptedWithin = TimeSpan.FromMinutes(5);

    private readonly List<(string Text, bool Acknowledged)> posted = [];

    /// <summary>When each word that subscribers are to be told was known to be published, ascending.</summary>
    public List<DateTimeOffset> Words { get; } = [time.GetUtcNow()];

    public int Acknowledged => posted.Count(static one => one.Acknowledged);

    /// <summary>Answered with 503, or not at all.</summary>
    public int Refused { get; private set; }

    /// <summary>Answered with anything else.</summary>
    public int Odd { get; private set; }

    public async Task SayAsync(string status, CancellationToken cancellation)
    {
        await server.MustAsync(HttpMethod.Post, $"/api/incidents/{incident}/updates", $$"""{"body":"A word from the team.","status":"{{status}}"}""", cancellation);
        Words.Add(time.GetUtcNow());
    }

    /// <summary>Each with a text of its own, by which it is found again or not.</summary>
    public async Task GoOnAsync(TimeSpan length, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < length)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"Post {posted.Count:00000}.");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(AnswersWithin);
            try
            {
                var (status, _) = await server.SendAsync(
                    HttpMethod.Post, $"/api/incidents/{incident}/updates", $$"""{"body":"{{text}}","status":"identified"}""", patience.Token);
                posted.Add((text, status == HttpStatusCode.Created));
                Words.AddRange(status == HttpStatusCode.Created ? [time.GetUtcNow()] : []);
                Refused += status == HttpStatusCode.ServiceUnavailable ? 1 : 0;
                Odd += status is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable ? 0 : 1;
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                posted.Add((text, false));
                Refused++;
            }

            await Task.Delay(PostEvery, time, cancellation);
        }
    }

    /// <summary>How long it takes until something is stored again, without telling anybody.</summary>
    public async Task<TimeSpan> UntilAcceptedAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < AcceptedWithin && await QuietlyAsync(cancellation) != HttpStatusCode.Created)
        {
            await Task.Delay(PostEvery, time, cancellation);
        }

        return time.GetElapsedTime(began);
    }

    /// <summary>How long the store takes for a word that nobody is told of, in milliseconds, until it is enough.</summary>
    public async Task<double> P95OfWritesAsync(Func<bool> isEnough, CancellationToken cancellation)
    {
        var took = new List<double>();
        while (!isEnough() || took.Count == 0)
        {
            var began = time.GetTimestamp();
            await QuietlyAsync(cancellation);
            took.Add(time.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(PostEvery / 4, time, cancellation);
        }

        return PageReader.Percentile(took, 0.95);
    }

    /// <summary>Of what was acknowledged, what is not there. What was not may be there or not: nobody was told that it is.</summary>
    public async Task<int> LostAsync(CancellationToken cancellation)
    {
        var all = (await server.MustAsync(HttpMethod.Get, "/api/incidents", null, cancellation)).GetRawText();
        return posted.Count(one => one.Acknowledged && !all.Contains(one.Text, StringComparison.Ordinal));
    }

    private async Task<HttpStatusCode> QuietlyAsync(CancellationToken cancellation) => (await server.SendAsync(
        HttpMethod.Post, $"/api/incidents/{notes}/updates", """{"body":"A note that nobody is told of.","deliver_notifications":false}""", cancellation)).Status;
}
