using System.Diagnostics;
using System.Net;
using Candor.SystemTests.Serve;

namespace Candor.SystemTests.Mirrors;

/// <summary>The page lives on elsewhere: the publisher is killed in an incident, the mirror too, and its files are tampered with.</summary>
public sealed class MirrorTests
{
    private const string Summary = "/api/v2/summary.json";

    private static readonly string[] Paths = ["/", "/history", "/status.json", Summary, "/feed.atom", "/badge.svg"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P_26_The_page_is_served_elsewhere_when_its_publisher_is_gone_and_never_once_it_was_tampered_with()
    {
        using var target = new Target();
        using var service = new Target();
        await using var candor = await CandorProcess.StartAsync(SystemSettings.Of(target.Port, ("Website", $"{{ tcp: '127.0.0.1:{service.Port}' }}")), Ct);
        await using var mirror = new MirrorProcess(await KeyAsync(candor.Data));
        await mirror.StartAsync(candor.Address, Ct);
        service.Stop();
        await SaysAsync(mirror, "/", "Website is not answering", TimeSpan.FromSeconds(60));
        await SameAsync(candor, mirror);

        await candor.KillAsync(Ct);
        var gone = Stopwatch.StartNew();
        var served = 0;
        await Patience.UntilAsync(
            async () =>
            {
                foreach (var path in Paths)
                {
                    using var answer = await mirror.Http.GetAsync(new Uri(path, UriKind.Relative), Ct);
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                    served++;
                }

                return (await TextAsync(mirror, "/")).Contains("The publisher has been silent since", StringComparison.Ordinal);
            },
            TimeSpan.FromSeconds(90), () => mirror.Log, Ct);
        TestContext.Current.TestOutputHelper?.WriteLine($"said after {gone.Elapsed}; {served} answers, all 200");
        Assert.Contains("Website is not answering", await TextAsync(mirror, "/"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"known\":true", await TextAsync(mirror, Summary), StringComparison.Ordinal);

        // Whoever starts it now has neither the publisher nor the network, only the folder.
        await mirror.KillAsync(Ct);
        await mirror.StartAsync(candor.Address, Ct);
        await SaysAsync(mirror, "/", "The publisher has been silent since", TimeSpan.FromSeconds(20));
        await mirror.KillAsync(Ct);
        await TamperedAsync(candor, mirror);
    }

    [Fact]
    public async Task P_26_Files_of_updates_are_on_the_mirror_without_the_publisher_and_after_its_own_end()
    {
        using var target = new Target();
        await using var candor = await CandorProcess.StartAsync(SystemSettings.Of(target.Port, ("Website", $"{{ tcp: '127.0.0.1:{target.Port}' }}")), Ct);
        var token = (await Posting.Api.TokensAsync(candor, "post"))[0];
        await using var mirror = new MirrorProcess(await KeyAsync(candor.Data));
        await mirror.StartAsync(candor.Address, Ct);
        var log = Path.Combine(candor.Folder, "app.log");
        await File.WriteAllTextAsync(log, "It broke.", Ct);
        var told = await Posting.Api.RunAsync(
            token, "post", "incident", "--title", "Trouble", "--body", "See the log.", "--attach", log, "--json", "--server", candor.AdminAddress.ToString());
        Assert.True(told.Exit == 0, told.Errors);
        var hash = System.Text.Json.JsonElement.Parse(told.Output).GetProperty("updates")[0].GetProperty("files")[0].GetProperty("hash").GetString()!;
        await Patience.UntilAsync(
            async () =>
            {
                using var answer = await mirror.Http.GetAsync(new Uri($"/files/{hash}/app.log", UriKind.Relative), Ct);
                return await answer.Content.ReadAsStringAsync(Ct) == "It broke.";
            },
            TimeSpan.FromSeconds(60), () => mirror.Log, Ct);
        await Patience.UntilAsync(
            async () => File.Exists(Path.Combine(mirror.Folder, "mirror.pages"))
                && (await File.ReadAllTextAsync(Path.Combine(mirror.Folder, "mirror.pages"), Ct)).Contains($"/files/{hash}", StringComparison.Ordinal),
            TimeSpan.FromSeconds(30), () => mirror.Log, Ct);

        await candor.KillAsync(Ct);
        await mirror.KillAsync(Ct);
        await mirror.StartAsync(candor.Address, Ct);
        using var served = await mirror.Http.GetAsync(new Uri($"/files/{hash}/app.log", UriKind.Relative), Ct);
        Assert.Equal("It broke.", await served.Content.ReadAsStringAsync(Ct));
        Assert.Equal("attachment; filename=app.log", served.Content.Headers.ContentDisposition!.ToString());
        Assert.Contains("sandbox", served.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var other = await mirror.Http.GetAsync(new Uri($"/files/{hash}/other.log", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task What_is_posted_on_a_mirror_while_the_publisher_is_gone_is_seen_there_at_once_and_in_its_journal_once()
    {
        const string Words = "We lost our account and are on it.";
        using var target = new Target();
        await using var candor = await CandorProcess.StartAsync(SystemSettings.Of(target.Port, ("Website", $"{{ tcp: '127.0.0.1:{target.Port}' }}")), Ct);
        await using var mirror = new MirrorProcess(await KeyAsync(candor.Data));
        var keyFile = Path.Combine(mirror.Folder, "stick.key");
        var (made, _, fault) = await RunAsync("mirror", "emergency", "--out", keyFile, "--data", candor.Data);
        Assert.True(made == 0, fault);
        await mirror.StartAsync(candor.Address, Ct);
        await SaysAsync(mirror, "/", "Website", TimeSpan.FromSeconds(60));
        await Patience.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(mirror.Folder, "mirror.pages"))), TimeSpan.FromSeconds(30), () => mirror.Log, Ct);
        await candor.KillAsync(Ct);

        string[] Post(string file) => ["mirror", "post", "--to", mirror.Http.BaseAddress!.ToString(), "--key-file", file, "--title", "Everything is down", "--body", Words];
        (made, var said, fault) = await RunAsync(Post(keyFile));
        Assert.True(made == 0, fault);
        var id = said.Trim()[^12..];
        await SaysAsync(mirror, "/", Words, TimeSpan.FromSeconds(20));
        await mirror.KillAsync(Ct);
        await mirror.StartAsync(candor.Address, Ct);
        await SaysAsync(mirror, "/history", Words, TimeSpan.FromSeconds(20));

        // Somebody with another key.
        var other = Path.Combine(mirror.Folder, "other.key");
        await RunAsync("mirror", "emergency", "--out", other, "--data", mirror.Folder);
        (made, _, fault) = await RunAsync(Post(other));
        Assert.Equal(1, made);
        Assert.Contains("not signed with the emergency key", fault, StringComparison.Ordinal);

        // On two mirrors, of which one is gone: what was said is said, and what was not is named.
        (made, said, fault) = await RunAsync([.. Post(keyFile), "--to", "http://127.0.0.1:9", "--about", id, "--status", "identified"]);
        Assert.Equal((1, id), (made, said.Trim()[^12..]));
        Assert.Contains("http://127.0.0.1:9/ did not take it", fault, StringComparison.Ordinal);
        Assert.Contains("The others have it", fault, StringComparison.Ordinal);

        // The publisher comes back, at another port; its mirror is told where.
        await candor.StartAgainAsync(Ct);
        await mirror.KillAsync(Ct);
        await mirror.StartAsync(candor.Address, Ct);
        await candor.UntilAsync("/api/v2/incidents.json", all => Told(all, id) == 1, TimeSpan.FromSeconds(60), Ct);
        await Patience.UntilAsync(
            async () => await TextAsync(mirror, "/") is var page && !page.Contains("Posted on this mirror", StringComparison.Ordinal) && page.Contains(Words, StringComparison.Ordinal),
            TimeSpan.FromSeconds(60), () => mirror.Log, Ct);
        Assert.Equal(1, Told(await candor.JsonAsync("/api/v2/incidents.json", Ct), id));

        int Told(System.Text.Json.JsonElement all, string incident) => all.GetProperty("incidents").EnumerateArray()
            .Count(one => one.GetProperty("id").GetString() == incident && one.GetProperty("incident_updates")[0].GetProperty("body").GetString() == Words);
    }

    private static async Task TamperedAsync(CandorProcess candor, MirrorProcess mirror)
    {
        var file = Path.Combine(mirror.Folder, "mirror.pages");
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Ct);
        await mirror.StartAsync(candor.Address, Ct);
        using (var refused = await mirror.Http.GetAsync(new Uri("/", UriKind.Relative), Ct))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        await Patience.UntilAsync(
            () => Task.FromResult(mirror.Log.Contains("mirror.pages is not served", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), () => mirror.Log, Ct);
    }

    [Fact]
    public async Task A_mirror_is_told_the_key_or_what_is_wrong_with_it()
    {
        using var target = new Target();
        await using var candor = await CandorProcess.StartAsync(SystemSettings.Of(target.Port, ("Website", $"{{ tcp: '127.0.0.1:{target.Port}' }}")), Ct);
        var (exit, _, error) = await RunAsync("mirror", "--of", candor.Address.ToString(), "--key", "nonsense");
        Assert.Equal(2, exit);
        Assert.Contains("that is no key of a publisher", error, StringComparison.Ordinal);

        // Somebody else's key: nothing is shown, and the log says why.
        await using var other = await CandorProcess.StartAsync(SystemSettings.Of(target.Port, ("Website", $"{{ tcp: '127.0.0.1:{target.Port}' }}")), Ct);
        await using var mirror = new MirrorProcess(await KeyAsync(other.Data));
        await mirror.StartAsync(candor.Address, Ct);
        await Patience.UntilAsync(
            () => Task.FromResult(mirror.Log.Contains("is not signed with the publisher's key", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), () => mirror.Log, Ct);
        using var answer = await mirror.Http.GetAsync(new Uri("/", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private static async Task<string> KeyAsync(string data) => (await RunAsync("mirror", "key", "--data", data)).Output.Trim();

    private static Task<TimeSpan> SaysAsync(MirrorProcess mirror, string path, string words, TimeSpan within) => Patience.UntilAsync(
        async () => (await TextAsync(mirror, path)).Contains(words, StringComparison.Ordinal), within, () => mirror.Log, Ct);

    /// <summary>The publisher goes on meanwhile, so they are compared until they agree.</summary>
    private static Task<TimeSpan> SameAsync(CandorProcess candor, MirrorProcess mirror) => Patience.UntilAsync(
        async () =>
        {
            foreach (var path in Paths)
            {
                if (await candor.TextAsync(path, Ct) != await TextAsync(mirror, path))
                {
                    return false;
                }
            }

            return true;
        },
        TimeSpan.FromSeconds(60), () => mirror.Log, Ct);

    private static async Task<string> TextAsync(MirrorProcess mirror, string path)
    {
        using var answer = await mirror.Http.GetAsync(new Uri(path, UriKind.Relative), Ct);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Program, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output, await error);
    }
}
