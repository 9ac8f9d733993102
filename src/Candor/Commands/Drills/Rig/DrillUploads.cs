using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Candor.Attachments;
using Candor.Intake.Posting;

namespace Candor.Commands.Drills.Rig;

/// <summary>
/// Files on their way in, chunk by chunk, that go on as their senders would: after a broken connection each asks where it stands
/// and sends from there, until it is whole. Counts what had to be sent twice.
/// </summary>
internal sealed class DrillUploads(DrillServer server, TimeProvider time, int count)
{
    private const int Chunks = 12;
    private const int ChunkBytes = 256 * 1024;
    private static readonly TimeSpan BetweenChunks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ServedWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(300);

    private readonly int[] repeated = new int[count];
    private readonly long[] acknowledged = new long[count];
    private readonly string?[] finished = new string?[count];

    /// <summary>Each has been acknowledged something.</summary>
    public bool AreUnderWay => acknowledged.All(static bytes => bytes > 0);

    /// <summary>So many are not whole yet.</summary>
    public int Unfinished => finished.Count(static id => id is null);

    /// <summary>The most chunks that one of them sent again.</summary>
    public int RepeatedMost => repeated.Max();

    /// <summary>Sends all of them at the same time, to the end.</summary>
    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(Enumerable.Range(0, count).Select(number => SendAsync(number, cancellation)));

    /// <summary>Says words that name the files, and gives how many of them readers cannot get whole.</summary>
    public async Task<int> LostAsync(string incident, CancellationToken cancellation)
    {
        foreach (var some in finished.OfType<string>().Chunk(State.Incidents.AttachedFiles.OfUpdateMax))
        {
            var body = new UpdateBody { Body = "What we saw.", Files = [.. some.Select(static id => new FileBody(id))] };
            await server.MustAsync(
                HttpMethod.Post, $"/api/incidents/{incident}/updates", Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(body, PostJson.Default.UpdateBody)), cancellation);
        }

        var lost = 0;
        for (var number = 0; number < count; number++)
        {
            lost += await IsServedAsync(number, cancellation) ? 0 : 1;
        }

        return lost;
    }

    private async Task<bool> IsServedAsync(int number, CancellationToken cancellation)
    {
        var content = Content(number);
        for (var tries = 0; tries < ServedWithin / TryAgain; tries++)
        {
            try
            {
                return (await server.ReadAsync($"/files/{FileStore.HashOf(content)}/{Name(number)}", cancellation)).AsSpan().SequenceEqual(content);
            }
            catch (HttpRequestException)
            {
                // The page that names it is being made.
                await Task.Delay(TryAgain, time, cancellation);
            }
        }

        return false;
    }

    private async Task SendAsync(int number, CancellationToken cancellation)
    {
        var (content, tried) = (Content(number), -1L);
        while (finished[number] is null)
        {
            try
            {
                var upload = await StandsAsync(HttpMethod.Post, "/api/uploads", JsonContent(number, content.Length), ("Idempotency-Key", Name(number)), cancellation);
                while (upload.File is null)
                {
                    acknowledged[number] = upload.Offset;
                    repeated[number] += tried == upload.Offset ? 1 : 0;
                    tried = upload.Offset;
                    var chunk = new ByteArrayContent(content, (int)upload.Offset, Math.Min(ChunkBytes, content.Length - (int)upload.Offset));
                    upload = await StandsAsync(
                        HttpMethod.Patch, $"/api/uploads/{upload.Id}", chunk, (UploadEndpoints.Offset, upload.Offset.ToString(CultureInfo.InvariantCulture)), cancellation);
                    await Task.Delay(BetweenChunks, time, cancellation);
                }

                finished[number] = upload.Id;
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested && fault is HttpRequestException or IOException or TaskCanceledException)
            {
                await Task.Delay(TryAgain, time, cancellation);
            }
        }
    }

    private async Task<UploadView> StandsAsync(
        HttpMethod method, string path, HttpContent content, (string Name, string Value) header, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Operators, path)) { Content = content };
        request.Headers.Add(header.Name, header.Value);
        var (status, body) = await server.AskAsync(request, cancellation);
        return status is HttpStatusCode.OK or HttpStatusCode.Created
            ? body.Deserialize(PostJson.Default.UploadView)!
            : throw new HttpRequestException($"{method} {path} was answered with {(int)status}.");
    }

    private static ByteArrayContent JsonContent(int number, int length) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new(Name(number), length), PostJson.Default.UploadBody)) { Headers = { ContentType = new("application/json") } };

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"seen-{number:00}.log");

    /// <summary>Each another one, so that none can stand in for another.</summary>
    private static byte[] Content(int number)
    {
        var line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number:00000} is what this line of {Name(number)} says\n"));
        var content = new byte[(Chunks * ChunkBytes) - 100];
        for (var at = 0; at < content.Length; at += line.Length)
        {
            line.AsSpan(0, Math.Min(line.Length, content.Length - at)).CopyTo(content.AsSpan(at));
        }

        return content;
    }
}
