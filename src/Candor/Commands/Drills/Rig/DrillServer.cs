using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Candor.Effects;

namespace Candor.Commands.Drills.Rig;

/// <summary>A Candor of its own for a drill: this very program, with settings and data in a folder that goes with it.</summary>
internal sealed partial class DrillServer : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);

    private readonly string folder;
    private readonly Terminal terminal;
    private readonly HttpClient http;
    private readonly ConcurrentQueue<string> errors = new();
    private IPipedProcess? process;
    private string token = "";

    private DrillServer(string folder, Terminal terminal)
    {
        (this.folder, this.terminal) = (folder, terminal);
        http = DrillHttp.Client(terminal.Time);
    }

    public Uri Page { get; private set; } = null!;

    public Uri Operators { get; private set; } = null!;

    public string Data => Path.Combine(folder, "data");

    public int Id => process!.Id;

    public bool Lives => process is { Ended.IsCompleted: false };

    /// <summary>What it complained of last, for a drill that cannot go on.</summary>
    public string Complaints => string.Join('\n', errors.TakeLast(20));

    /// <summary>A page with one component, whose mails go to a sink.</summary>
    public static string SettingsOf(int port) => $$"""
        page: { name: Heron Copier, url: "http://127.0.0.1:8080" }
        egress: { allow: [127.0.0.0/8] }
        components:
          - name: Homepage
        notices:
          email: { smtp: "smtp://127.0.0.1:{{port}}", from: status@drill.example }
        """;

    public static async Task<DrillServer> StartAsync(string settings, Terminal terminal, CancellationToken cancellation)
    {
        var server = new DrillServer(Directory.CreateTempSubdirectory("candor-drill-").FullName, terminal);
        try
        {
            await File.WriteAllTextAsync(server.Settings, settings, cancellation);
            await server.RunAsync(cancellation);
            await server.KillAsync(cancellation);
            server.token = await DrillProcess.SayAsync(["token", "create", "--name", "drill", "--scope", "admin", "--data", server.Data], terminal.Time, cancellation);
            await server.RunAsync(cancellation);
            await server.UntilItDecidesAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task KillAsync(CancellationToken cancellation)
    {
        ProcessTable.Kill(process!.Id);
        await process.Ended.WaitAsync(cancellation);
    }

    /// <summary>Ends it and takes away all that it stored, as whoever owns the machine can.</summary>
    public async Task LockAsync(CancellationToken cancellation)
    {
        await KillAsync(cancellation);
        Directory.Move(Data, Data + ".locked");
    }

    /// <summary>Gives back what was taken and starts it at the same addresses.</summary>
    public async Task UnlockAsync(CancellationToken cancellation)
    {
        Directory.Move(Data + ".locked", Data);
        await RunAsync(cancellation);
    }

    /// <summary>Starts it on what is stored, at the same addresses or at others.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        process = SystemProcesses.StartBeside(
            ["serve", "--config", Settings, "--data", Data, "--listen", Page is null ? "http://127.0.0.1:0" : Page.GetLeftPart(UriPartial.Authority),
             "--admin-listen", Operators is null ? "http://127.0.0.1:0" : Operators.GetLeftPart(UriPartial.Authority)],
            errors.Enqueue);
        using var reading = new StreamReader(process.Output.AsStream(leaveOpen: true), leaveOpen: true);
        var line = await reading.ReadLineAsync(cancellation).AsTask().WaitAsync(ReadyWithin, terminal.Time, cancellation);
        if (line is null || Address().Matches(line) is not [var page, .., var operators])
        {
            throw new CommandFault($"The Candor of the drill did not start: {Complaints}", "`candor serve` in an empty folder shows why.");
        }

        (Page, Operators) = (new(page.Value), new(operators.Value));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(Operators, path))
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
        };
        return await AskAsync(request, cancellation);
    }

    /// <summary>Sends a request of whatever shape to the operators' listener, with the drill's token.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, cancellation);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return (answer.StatusCode, bytes.Length > 0 ? JsonElement.Parse(bytes) : default);
    }

    /// <summary>Throws where it is refused: a drill that cannot say what it wants shows nothing.</summary>
    public async Task<JsonElement> MustAsync(HttpMethod method, string path, string? json, CancellationToken cancellation)
    {
        var (status, body) = await SendAsync(method, path, json, cancellation);
        return (int)status < 300
            ? body
            : throw new CommandFault($"{method} {path} was answered with {(int)status}: {body}\n{Complaints}", "Run the drill again; what it says is that Candor's own API refused it.");
    }

    public async Task<byte[]> ReadAsync(string path, CancellationToken cancellation) => await http.GetByteArrayAsync(new Uri(Page, path), cancellation);

    /// <summary>One channel's ledger, or null while it cannot be had.</summary>
    public async Task<JsonElement?> LedgerAsync(string channel, CancellationToken cancellation)
    {
        try
        {
            var (status, body) = await SendAsync(HttpMethod.Get, "/api/notices", null, cancellation);
            return status == HttpStatusCode.OK
                ? body.GetProperty("channels").EnumerateArray().Where(one => one.GetProperty("channel").GetString() == channel).Select(static one => (JsonElement?)one).FirstOrDefault()
                : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            // What still writes would keep the folder from being deleted.
            process.Kill();
            await ((Task)process.Ended.WaitAsync(TimeSpan.FromSeconds(20), terminal.Time, CancellationToken.None)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            process.Dispose();
        }

        http.Dispose();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException fault)
        {
            await terminal.Error.WriteLineAsync($"The folder of the drill is left: {fault.Message}");
        }
    }

    /// <summary>Readers have their pages before the journal is read; who wants something done has to wait until then.</summary>
    private async Task UntilItDecidesAsync(CancellationToken cancellation)
    {
        var began = terminal.Time.GetTimestamp();
        while (terminal.Time.GetElapsedTime(began) < ReadyWithin && (await SendAsync(HttpMethod.Get, "/api/incidents", null, cancellation)).Status != HttpStatusCode.OK)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), terminal.Time, cancellation);
        }
    }

    private string Settings => Path.Combine(folder, "candor.yaml");

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, 1_000)]
    private static partial Regex Address();
}
