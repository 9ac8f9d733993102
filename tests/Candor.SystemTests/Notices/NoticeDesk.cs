using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Candor.SystemTests.Notices;

/// <summary>A running Candor with a token, for tests of who is told what.</summary>
public sealed class NoticeDesk(CandorProcess candor, string token)
{
    internal const string Settings = """
        page: { name: Heron, url: "https://status.example.com" }
        egress: { allow: [127.0.0.0/8] }
        components:
          - name: Homepage
          - name: Mail
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public CandorProcess Candor { get; } = candor;

    /// <param name="more">Further lines of the settings.</param>
    /// <param name="environment">Secrets that the settings refer to.</param>
    public static async Task<NoticeDesk> StartAsync(string more = "", Dictionary<string, string>? environment = null)
    {
        var candor = await CandorProcess.StartAsync(new CandorOptions { Settings = $"{Settings}\n{more}", Environment = environment ?? [] }, Ct);
        await candor.StopAsync(Ct);
        var start = new ProcessStartInfo(Repository.Program, ["token", "create", "--name", "notices", "--scope", "admin", "--data", candor.Data])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var making = Process.Start(start)!;
        var token = (await making.StandardOutput.ReadToEndAsync(Ct)).Trim();
        await making.WaitForExitAsync(Ct);
        Assert.Equal(0, making.ExitCode);
        await candor.StartAgainAsync(Ct);
        return new(candor, token);
    }

    /// <summary>A command beside the server, with its token.</summary>
    public Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunWithAsync(null, arguments);

    /// <summary>The same with something that is piped in.</summary>
    public async Task<(int Code, string Output, string Error)> RunWithAsync(string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Repository.Program, [.. arguments, "--server", Candor.AdminAddress.GetLeftPart(UriPartial.Authority)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = input is not null,
            UseShellExecute = false,
            Environment = { ["CANDOR_TOKEN"] = token },
        };
        using var running = Process.Start(start)!;
        if (input is not null)
        {
            await running.StandardInput.WriteAsync(input);
            running.StandardInput.Close();
        }

        var (output, error) = (running.StandardOutput.ReadToEndAsync(Ct), running.StandardError.ReadToEndAsync(Ct));
        await running.WaitForExitAsync(Ct);
        return (running.ExitCode, await output, await error);
    }

    public async Task<(HttpStatusCode Code, JsonElement Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Candor.AdminAddress, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Candor.Http.SendAsync(request, Ct);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
        return (answer.StatusCode, bytes.Length > 0 ? JsonElement.Parse(bytes) : default);
    }

    public async Task<JsonElement> SubscribeAsync(string address, string channel = "webhook")
    {
        JsonElement entered = default;
        await Patience.UntilAsync(
            async () =>
            {
                (var code, entered) = await SendAsync(HttpMethod.Post, "/api/subscribers", $$"""{"channel":"{{channel}}","address":"{{address}}"}""");
                return code is HttpStatusCode.Created or HttpStatusCode.OK;
            },
            TimeSpan.FromSeconds(30), () => $"{entered}\n{Candor.Log}", Ct);
        return entered;
    }

    public async Task<string> OpenAsync(string title)
    {
        var (code, body) = await SendAsync(HttpMethod.Post, "/api/incidents", $$"""{"title":"{{title}}","body":"We are looking."}""");
        Assert.True(code == HttpStatusCode.Created, $"{code}: {body}");
        return body.GetProperty("id").GetString()!;
    }

    public async Task UpdateAsync(string id, string body, string status)
    {
        var (code, answer) = await SendAsync(HttpMethod.Post, $"/api/incidents/{id}/updates", $$"""{"body":"{{body}}","status":"{{status}}"}""");
        Assert.True(code == HttpStatusCode.Created, $"{code}: {answer}");
    }

    /// <summary>A channel's ledger, or undefined while there is none, as right after a start.</summary>
    public async Task<JsonElement> LedgerAsync(string channel = "webhook")
    {
        var (code, body) = await SendAsync(HttpMethod.Get, "/api/notices");
        return code == HttpStatusCode.OK
            ? body.GetProperty("channels").EnumerateArray().FirstOrDefault(one => one.GetProperty("channel").GetString() == channel)
            : default;
    }

    public async Task<JsonElement> UntilLedgerAsync(Func<JsonElement, bool> isSo, double withinSeconds, string channel = "webhook")
    {
        JsonElement last = default;
        await Patience.UntilAsync(
            async () =>
            {
                last = await LedgerAsync(channel);
                return last.ValueKind == JsonValueKind.Object && isSo(last);
            },
            TimeSpan.FromSeconds(withinSeconds), () => $"{last}\n{Candor.Log}", Ct);
        return last;
    }

    public static int Count(JsonElement ledger, string name) => ledger.GetProperty("counts").GetProperty(name).GetInt32();

    public static void MustAddUp(JsonElement ledger) => Assert.Equal(
        Count(ledger, "accepted"), Count(ledger, "sent") + Count(ledger, "failed") + Count(ledger, "pending") + Count(ledger, "withheld"));

    /// <summary>Kills the process of the webhook channel, where there is one, and says whether there was.</summary>
    public bool KillChannel()
    {
        foreach (var folder in Directory.GetDirectories("/proc").Where(static folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                var parent = File.ReadAllText(folder + "/stat").Split(") ")[^1].Split(' ')[1];
                if (parent == Candor.Id.ToString(CultureInfo.InvariantCulture) && File.ReadAllText(folder + "/cmdline").Contains("notify", StringComparison.Ordinal))
                {
                    Process.GetProcessById(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)).Kill();
                    return true;
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
            {
                // It was gone between two looks.
            }
        }

        return false;
    }
}
