using System.Diagnostics;
using System.Text.Json;
using Candor.SystemTests.Serve;

namespace Candor.SystemTests.Mirrors;

/// <summary><c>candor export --watch</c>, killed again and again beside a page that changes, and left alone by its publisher.</summary>
public sealed class CopyWatchTests : IDisposable
{
    private const int Kills = 8;
    private const string Silent = "The publisher has been silent since";

    private readonly string folder = Directory.CreateTempSubdirectory("candor-copy-").FullName;
    private readonly List<string> log = [];
    private volatile int ready;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Log
    {
        get
        {
            lock (log)
            {
                return string.Join('\n', log);
            }
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_folder_holds_the_page_whole_whoever_is_killed_and_says_when_its_publisher_is_gone()
    {
        using var target = new Target();
        using var service = new Target();
        await using var candor = await CandorProcess.StartAsync(SystemSettings.Of(target.Port, ("Website", $"{{ tcp: '127.0.0.1:{service.Port}' }}")), Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "CNAME"), "status.example.com", Ct);
        var chance = new Random(22);
        service.Stop();
        for (var i = 0; i < Kills; i++)
        {
            using var killed = Start(candor);
            await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(200, 2500)), Ct);
            killed.Kill();
            await killed.WaitForExitAsync(Ct);
            EveryFileIsWhole();
        }

        await candor.UntilAsync("/status.json", static page => page.GetProperty("incidents").GetArrayLength() == 1, TimeSpan.FromSeconds(60), Ct);
        ready = 0;
        using var copy = Start(candor);
        try
        {
            await SaysAsync("Website is not answering", TimeSpan.FromSeconds(90));
            await Patience.UntilAsync(() => Task.FromResult(ready == 1), TimeSpan.FromSeconds(60), () => Log, Ct);
            Assert.DoesNotContain(Silent, await File.ReadAllTextAsync(In("index.html"), Ct), StringComparison.Ordinal);
            EveryFileIsWhole();
            var incident = (await candor.JsonAsync("/status.json", Ct)).GetProperty("incidents")[0].GetProperty("id").GetString()!;
            Assert.True(File.Exists(In($"incidents/{incident}/index.html")));
            Assert.True((File.GetUnixFileMode(In("index.html")) & UnixFileMode.OtherRead) != UnixFileMode.None, "a web server of another user could not read it");
            Assert.Equal("status.example.com", await File.ReadAllTextAsync(In("CNAME"), Ct));

            // A second one beside it would remove what the first one writes.
            using (var second = Start(candor))
            {
                await second.WaitForExitAsync(Ct);
                Assert.Equal(1, second.ExitCode);
            }

            await candor.KillAsync(Ct);
            await SaysAsync(Silent, TimeSpan.FromSeconds(120));
            Assert.Contains("Website is not answering", await File.ReadAllTextAsync(In("index.html"), Ct), StringComparison.Ordinal);
            Assert.DoesNotContain("\"known\": true", await File.ReadAllTextAsync(In("status.json"), Ct), StringComparison.Ordinal);
            EveryFileIsWhole();
        }
        finally
        {
            copy.Kill();
            await copy.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Task<TimeSpan> SaysAsync(string words, TimeSpan within) => Patience.UntilAsync(
        async () => File.Exists(In("index.html")) && (await File.ReadAllTextAsync(In("index.html"), Ct)).Contains(words, StringComparison.Ordinal), within, () => Log, Ct);

    private void EveryFileIsWhole()
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("/.candor/", StringComparison.Ordinal) && !file.EndsWith(".new", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file);
            if (file.EndsWith(".html", StringComparison.Ordinal))
            {
                Assert.EndsWith("</html>", text.TrimEnd(), StringComparison.Ordinal);
            }
            else if (file.EndsWith(".json", StringComparison.Ordinal))
            {
                using var json = JsonDocument.Parse(text);
            }
            else
            {
                Assert.NotEmpty(text);
            }
        }
    }

    private string In(string path) => Path.Combine(folder, path);

    private Process Start(CandorProcess candor)
    {
        var process = new Process
        {
            StartInfo = new(Repository.Program, ["export", "--watch", folder, "--of", candor.Address.ToString(), "--data", candor.Data])
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("begin at index.html", StringComparison.Ordinal) is true)
            {
                ready = 1;
            }
        };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (log)
            {
                log.Add(line.Data ?? "");
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
