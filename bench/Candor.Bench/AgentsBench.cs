using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Candor.Access;
using Candor.Agents.Outpost;
using Candor.Effects;
using Candor.Judging;
using Candor.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Bench;

/// <summary>
/// 200 agents with 500 checks each, once a minute, against one core: the core is the real executable, and the agents are the
/// product's own uplinks, with keys, challenges and signatures over HTTP. What they see is made up: looking is measured elsewhere.
/// </summary>
internal static class AgentsBench
{
    private const int Places = 200;
    private const int Checks = 500;
    private const int SlicesASecond = 4;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    public static Task<IReadOnlyList<Figure>> RunAsync(IReadOnlyList<Executable> forms, CancellationToken cancellation) =>
        Executable.InTurnAsync(forms, program => MeasureAsync(program, cancellation));

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Executable program, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("candor-bench-agents-").FullName;
        try
        {
            using var target = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            target.Start(1_000);
            var accepting = AcceptAsync(target);
            var (token, _) = await AdminBench.LetInAsync(Path.Combine(folder, "data"), cancellation, TokenScope.Admin);
            await using var candor = await ServedCandor.StartAsync(folder, Settings(((IPEndPoint)target.LocalEndpoint).Port), cancellation, program: program);
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Places });
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var running = new List<Task>();
            for (var i = 0; i < Places; i++)
            {
                var place = Name(i);
                var code = await CodeAsync(candor, token, place, cancellation);
                running.Add(RunAsync(await EnrolAsync(http, candor.Address, place, code, cancellation), http, candor.Address, Path.Combine(folder, place), stopping.Token));
            }

            await Task.Delay(WarmUp, cancellation);
            var (cpu, readings) = (candor.Cpu, await MeasuredAsync(candor, cancellation));
            var lags = new List<double>();
            var clock = System.Diagnostics.Stopwatch.GetTimestamp();
            while (System.Diagnostics.Stopwatch.GetElapsedTime(clock) < Measured)
            {
                lags.AddRange(await LagsAsync(candor, token, cancellation));
                await Task.Delay(TimeSpan.FromSeconds(5), cancellation);
            }

            var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(clock).TotalSeconds;
            var used = (candor.Cpu - cpu).TotalSeconds;
            readings = await MeasuredAsync(candor, cancellation) - readings;
            lags.Sort();
            var figures = new List<Figure>
            {
                new("agents.readings", readings / seconds, "/s", null, $"{Places} agents with {Checks} checks each, every {Every.TotalSeconds:0} s: what the core took"),
                new("agents.lag.p50", lags[lags.Count / 2], "s", null, "from looking to the core, of the newest reading of each agent"),
                new("agents.lag.p99", lags[(int)(lags.Count * 0.99)], "s", 5, "the same"),
                new("agents.cpu", used / seconds * 100, "% of a core", 100, "of the core, all it does"),
                new("agents.cpu.per_reading", used * 1_000 / Math.Max(1, readings), "CPU-ms", null, "the same per reading"),
                new("agents.resident", candor.ResidentMb, "MB", null, $"of the core, with what {Places} places last saw of {Checks} monitors"),
            };
            await stopping.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            target.Stop();
            await accepting;
            return figures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Name(int place) => string.Create(CultureInfo.InvariantCulture, $"place-{place:000}");

    private static string Monitor(int check) => string.Create(CultureInfo.InvariantCulture, $"service-{check:000}");

    private static string Settings(int port)
    {
        var text = new StringBuilder("page: { name: Bench }\ncomponents:\n");
        foreach (var monitor in Enumerable.Range(0, Checks).Select(Monitor))
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ name: {monitor}, monitors: [{monitor}] }}\n");
        }

        text.Append("monitors:\n");
        foreach (var monitor in Enumerable.Range(0, Checks).Select(Monitor))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {monitor}: {{ tcp: \"127.0.0.1:{port}\", every: {Every.TotalSeconds}s }}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"egress: {{ allow: [127.0.0.0/8] }}\nvantage: {{ controls: [\"127.0.0.1:{port}\"], places: [{string.Join(", ", Enumerable.Range(0, Places).Select(Name))}] }}\n");
        return text.ToString();
    }

    /// <summary>A code that lets one agent in.</summary>
    public static async Task<string> CodeAsync(ServedCandor candor, string token, string place, CancellationToken cancellation, bool privateNetworks = false)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(candor.AdminAddress, "/api/places"))
            {
                Content = new StringContent($$"""{"name":"{{place}}","private_networks":{{(privateNetworks ? "true" : "false")}}}""", Encoding.UTF8, "application/json"),
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
            };
            using var answer = await candor.Http.SendAsync(request, cancellation);
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                return JsonElement.Parse(body).GetProperty("code").GetString()!;
            }

            // Starting, or asked too often: it says which, and both pass.
            _ = answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests ? true : throw new InvalidOperationException(body);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }
    }

    private static async Task<Identity> EnrolAsync(HttpClient http, Uri core, string place, string code, CancellationToken cancellation)
    {
        var identity = Identity.New(core.ToString());
        using var key = identity.OpenKey();
        var answer = await new CoreLine(http, core).EnrolAsync(code, key, cancellation);
        return answer.Said is not null
            ? identity with { Place = place }
            : throw new InvalidOperationException($"{place} was not let in: {answer.Refusal?.Sentence ?? answer.Silence}");
    }

    /// <summary>One agent: a part of its checks is answered four times a second, and its uplink tells the core.</summary>
    private static async Task RunAsync(Identity identity, HttpClient http, Uri core, string folder, CancellationToken cancellation)
    {
        var (disk, run) = (new SystemDisk(), new SystemRandomness().NextId());
        var readings = new Readings(run, TimeProvider.System);
        using var uplink = new Uplink(
            identity, new(http, core), new(disk, Path.Combine(folder, "spool"), Spool.BytesMaxByDefault), new(disk, Path.Combine(folder, PlanFile.FileName), identity),
            readings, new(TimeProvider.System, new SystemRandomness(), NullLogger.Instance, "bench"))
        {
            Run = run, Follow = static _ => { },
        };
        await Task.WhenAll(uplink.RunAsync(cancellation), LookAsync(new(identity.Place!), readings, cancellation));
    }

    private static async Task LookAsync(VantageId place, Readings readings, CancellationToken cancellation)
    {
        var slices = (int)Every.TotalSeconds * SlicesASecond;
        for (var turn = 0; ; turn++)
        {
            for (var check = turn % slices; check < Checks; check += slices)
            {
                readings.Add(new Observation(new(Monitor(check)), place, TimeProvider.System.GetUtcNow(), Reading.Good, "", TimeSpan.FromMilliseconds(20)));
            }

            if (turn % (10 * SlicesASecond) == 0)
            {
                readings.Add(new ControlReading(place, "gateway", TimeProvider.System.GetUtcNow(), true, ""));
            }

            await Task.Delay(TimeSpan.FromSeconds(1.0 / SlicesASecond), cancellation);
        }
    }

    private static async Task<List<double>> LagsAsync(ServedCandor candor, string token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(candor.AdminAddress, "/api/places")) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await candor.Http.SendAsync(request, cancellation);
        var all = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
        return [.. all.GetProperty("places").EnumerateArray().Where(static row => row.TryGetProperty("lag_seconds", out _)).Select(static row => row.GetProperty("lag_seconds").GetDouble())];
    }

    /// <summary>Readings that are in the charts, by Candor's own count.</summary>
    private static async Task<double> MeasuredAsync(ServedCandor candor, CancellationToken cancellation)
    {
        var figures = await candor.Http.GetStringAsync(new Uri(candor.AdminAddress, "/metrics"), cancellation);
        return figures.Split('\n').Where(static line => line.StartsWith("candor_samples_written", StringComparison.Ordinal))
            .Sum(static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private static async Task AcceptAsync(System.Net.Sockets.TcpListener target)
    {
        try
        {
            while (true)
            {
                (await target.AcceptSocketAsync()).Dispose();
            }
        }
        catch (Exception fault) when (fault is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }
}
