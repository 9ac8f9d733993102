using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Candor.SystemTests.Posting;

/// <summary>What a program does with the operators' listener: it gets a token at the console and asks.</summary>
internal static class Api
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Tokens are made while no server works in the folder.</summary>
    public static async Task<IReadOnlyList<string>> TokensAsync(CandorProcess candor, params string[] scopes)
    {
        await candor.StopAsync(Ct);
        var tokens = new List<string>();
        foreach (var scope in scopes)
        {
            var made = await RunAsync(null, "token", "create", "--name", scope, "--scope", scope, "--data", candor.Data);
            Assert.Equal((0, ""), (made.Exit, made.Errors));
            tokens.Add(made.Output.Trim());
        }

        await candor.StartAgainAsync(Ct);
        await DecidesAsync(candor, tokens[0]);
        return tokens;
    }

    /// <summary>Readers have their pages before the journal is read; who posts is told to wait until then.</summary>
    public static Task<TimeSpan> DecidesAsync(CandorProcess candor, string token) => Patience.UntilAsync(
        async () =>
        {
            using var said = await SendAsync(candor, token, HttpMethod.Get, "/api/incidents", null);
            return said.StatusCode == HttpStatusCode.OK;
        },
        TimeSpan.FromSeconds(10), () => candor.Log, Ct);

    public static async Task<HttpResponseMessage> SendAsync(
        CandorProcess candor, string? token, HttpMethod method, string path, string? body, string? key = null, string? match = null,
        string type = "application/json", HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(candor.AdminAddress, path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, type);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (match is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", match);
        }

        return await (by ?? candor.Http).SendAsync(request, Ct);
    }

    public static async Task<string?> CodeAsync(HttpResponseMessage said) =>
        JsonElement.Parse(await said.Content.ReadAsByteArrayAsync(Ct)).GetProperty("code").GetString();

    /// <summary>Runs the executable as somebody at a shell, with a token in the environment.</summary>
    public static async Task<(int Exit, string Output, string Errors)> RunAsync(string? token, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CANDOR_TOKEN"] = token },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output, await errors);
    }
}
