using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using static Candor.SystemTests.Posting.Api;

namespace Candor.SystemTests.Posting;

/// <summary>Files over the API of the real executable: over a kill, to readers, and away again.</summary>
public sealed class AttachmentTests
{
    private const string Settings = """
        page: { name: Heron }
        components:
          - name: Mail
        """;

    private const int Chunk = 512 * 1024;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_goes_on_after_kill_9_where_it_was_acknowledged_and_readers_get_the_file()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var token = (await TokensAsync(candor, "post"))[0];
        var log = new byte[(2 * Chunk) + 100];
        Array.Fill(log, (byte)'x');
        var path = await BegunAsync(candor, token, "app.log", log.Length);
        Assert.Equal((HttpStatusCode.OK, Chunk), await SendChunkAsync(candor, token, path, 0, log));

        await candor.KillAsync(Ct);
        await candor.StartAgainAsync(Ct);
        await DecidesAsync(candor, token);

        // The chunk that was acknowledged counts: sent again it is refused, and the answer says from where to go on.
        Assert.Equal((HttpStatusCode.Conflict, Chunk), await SendChunkAsync(candor, token, path, 0, log));
        Assert.Equal((HttpStatusCode.OK, 2 * Chunk), await SendChunkAsync(candor, token, path, Chunk, log));
        Assert.Equal((HttpStatusCode.OK, log.Length), await SendChunkAsync(candor, token, path, 2 * Chunk, log));
        var upload = path[(path.LastIndexOf('/') + 1)..];
        using var opened = await SendAsync(
            candor, token, HttpMethod.Post, "/api/incidents", $$"""{"title":"Trouble","body":"Looking.","files":[{"upload":"{{upload}}"}]}""");
        var told = JsonElement.Parse(await opened.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        var file = told.GetProperty("updates")[0].GetProperty("files")[0];
        var address = $"/files/{file.GetProperty("hash").GetString()}/app.log";
        await SeenAsync(candor, $"/incidents/{told.GetProperty("id").GetString()}", address);

        using var served = await candor.Http.GetAsync(address, Ct);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal(log, await served.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("text/plain; charset=utf-8", served.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=app.log", served.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal("nosniff", served.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", served.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(5), served.Headers.CacheControl!.MaxAge);
        foreach (var other in new[] { address + "x", address.Replace("/app.log", "/..%2fapp.log", StringComparison.Ordinal), "/files/" + new string('0', 64) + "/app.log" })
        {
            using var missing = await candor.Http.GetAsync(other, Ct);
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        }
    }

    [Fact]
    public async Task A_file_goes_from_a_shell_through_backup_restore_and_export_and_is_missed_where_it_is_gone()
    {
        await using var candor = await CandorProcess.StartAsync(Settings, Ct);
        var token = (await TokensAsync(candor, "post"))[0];
        var file = Path.Combine(candor.Folder, "Error log.txt");
        var log = string.Join('\n', Enumerable.Range(0, 100_000).Select(static i => $"line {i}"));
        await File.WriteAllTextAsync(file, log, Ct);
        var told = await RunAsync(token, "post", "incident", "--title", "Trouble", "--body", "See the log.", "--attach", file, "--alt", "The log", "--json", "--server", candor.AdminAddress.ToString());
        Assert.Equal((0, ""), (told.Exit, told.Errors));
        var hash = JsonElement.Parse(told.Output).GetProperty("updates")[0].GetProperty("files")[0].GetProperty("hash").GetString()!;
        var wrong = await RunAsync(token, "post", "update", "--body", "x", "--attach", "/nowhere.png", "--server", candor.AdminAddress.ToString());
        Assert.Equal(2, wrong.Exit);
        await candor.StopAsync(Ct);

        var (archive, elsewhere, copy) = (Path.Combine(candor.Folder, "b.tar"), Path.Combine(candor.Folder, "elsewhere"), Path.Combine(candor.Folder, "copy"));
        foreach (var arguments in new[]
        {
            new[] { "verify", "--data", candor.Data }, ["backup", archive, "--data", candor.Data], ["verify", archive],
            ["restore", archive, "--data", elsewhere], ["verify", "--data", elsewhere], ["export", "--static", copy, "--data", elsewhere],
        })
        {
            var done = await RunAsync(null, arguments);
            Assert.True(done.Exit == 0, done.Errors);
        }

        Assert.Equal(log, await File.ReadAllTextAsync(Path.Combine(elsewhere, "files", hash), Ct));
        Assert.Equal(log, await File.ReadAllTextAsync(Path.Combine(copy, "files", hash, "Error-log.txt"), Ct));
        Assert.Contains($"\"../../files/{hash}/Error-log.txt\"", await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(copy, "incidents"), "index.html", SearchOption.AllDirectories).Single(), Ct), StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(elsewhere, "files", hash), log[1..] + "x", Ct);
        Assert.Contains("is damaged", (await RunAsync(null, "verify", "--data", elsewhere)).Errors, StringComparison.Ordinal);
        Assert.Equal(4, (await RunAsync(null, "backup", archive + "2", "--data", elsewhere)).Exit);
        File.Delete(Path.Combine(elsewhere, "files", hash));
        Assert.Contains("is missing", (await RunAsync(null, "verify", "--data", elsewhere)).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_no_public_words_name_is_not_there_for_readers()
    {
        await using var candor = await CandorProcess.StartAsync(
            """
            page: { name: Heron }
            audiences:
              office: { addresses: [127.0.0.9] }
            components:
              - name: Mail
            """, Ct);
        var token = (await TokensAsync(candor, "post"))[0];
        var path = await BegunAsync(candor, token, "app.log", 5);
        await SendChunkAsync(candor, token, path, 0, "hello"u8.ToArray());
        using var shown = await SendAsync(candor, token, HttpMethod.Get, path, null);
        var upload = JsonElement.Parse(await shown.Content.ReadAsByteArrayAsync(Ct));
        var address = $"/files/{upload.GetProperty("file").GetProperty("hash").GetString()}/app.log";
        using var waiting = await candor.Http.GetAsync(address, Ct);
        Assert.Equal(HttpStatusCode.NotFound, waiting.StatusCode);

        using var only = await SendAsync(
            candor, token, HttpMethod.Post, "/api/incidents",
            $$"""{"title":"Ours","body":"Looking.","only_for":["office"],"files":[{"upload":"{{upload.GetProperty("id").GetString()}}"}]}""");
        Assert.Equal(HttpStatusCode.Created, only.StatusCode);
        using var open = await SendAsync(candor, token, HttpMethod.Post, "/api/incidents", """{"title":"Everybody's","body":"Looking."}""");
        await SeenAsync(candor, "/", "Everybody");
        using var hidden = await candor.Http.GetAsync(address, Ct);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.True(hidden.Headers.CacheControl!.NoStore);

        using var office = new HttpClient(new SocketsHttpHandler { ConnectCallback = FromTheOfficeAsync }) { BaseAddress = candor.Address };
        await Patience.UntilAsync(
            async () =>
            {
                using var given = await office.GetAsync(address, Ct);
                return given.StatusCode == HttpStatusCode.OK && given.Headers.CacheControl!.NoStore
                    && await given.Content.ReadAsStringAsync(Ct) == "hello";
            },
            Soon, () => candor.Log, Ct);
    }

    [Fact]
    public async Task What_is_not_taken_is_said_before_or_when_its_bytes_are_there()
    {
        await using var candor = await CandorProcess.StartAsync("page: { name: Heron }", Ct);
        var tokens = await TokensAsync(candor, "post", "read");

        foreach (var (token, body, status, code) in new[]
        {
            (tokens[0], """{"name":"a.svg","bytes":10}""", HttpStatusCode.UnprocessableEntity, "file.not_taken"),
            (tokens[0], """{"name":"a.png","bytes":10485761}""", HttpStatusCode.UnprocessableEntity, "file.size"),
            (tokens[1], """{"name":"a.png","bytes":10}""", HttpStatusCode.Forbidden, "access.scope"),
        })
        {
            using var said = await SendAsync(candor, token, HttpMethod.Post, "/api/uploads", body);
            Assert.Equal((status, code), (said.StatusCode, await CodeAsync(said)));
        }

        const string Page = "<!doctype html><script>alert(1)</script>";
        var path = await BegunAsync(candor, tokens[0], "picture.png", Page.Length);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendChunkAsync(candor, tokens[0], path, 0, System.Text.Encoding.UTF8.GetBytes(Page))).Status);
        using var gone = await SendAsync(candor, tokens[0], HttpMethod.Get, path, null);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static async ValueTask<Stream> FromTheOfficeAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static async Task<string> BegunAsync(CandorProcess candor, string token, string name, int bytes)
    {
        using var begun = await SendAsync(candor, token, HttpMethod.Post, "/api/uploads", $$"""{"name":"{{name}}","bytes":{{bytes}}}""", key: name);
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        return begun.Headers.Location!.ToString();
    }

    private static async Task<(HttpStatusCode Status, int Offset)> SendChunkAsync(CandorProcess candor, string token, string path, int offset, byte[] file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(candor.AdminAddress, path))
        {
            Content = new ByteArrayContent(file, offset, Math.Min(Chunk, file.Length - offset)),
        };
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("Upload-Offset", $"{offset}");
        using var said = await candor.Http.SendAsync(request, Ct);
        return (said.StatusCode, said.Headers.TryGetValues("Upload-Offset", out var at) ? int.Parse(at.Single(), System.Globalization.CultureInfo.InvariantCulture) : -1);
    }

    private static async Task SeenAsync(CandorProcess candor, string path, string words) => await Patience.UntilAsync(
        async () =>
        {
            using var page = await candor.Http.GetAsync(path, Ct);
            return (await page.Content.ReadAsStringAsync(Ct)).Contains(words, StringComparison.Ordinal);
        },
        Soon, () => $"{path} does not say “{words}”", Ct);
}
