using System.Diagnostics;

namespace Candor.SystemTests.Serve;

/// <summary>Starting, refusing to start, and stopping, as an operator sees it.</summary>
public sealed class StartingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_any_settings_it_watches_itself_and_explains_the_first_steps()
    {
        await using var candor = await CandorProcess.StartAsync(new CandorOptions(), Ct);

        Assert.Contains("candor.yaml", await candor.TextAsync("/", Ct), StringComparison.Ordinal);
        await candor.UntilAsync(
            "/api/v2/components.json",
            components => components.GetProperty("components").EnumerateArray()
                .Any(one => one.GetProperty("name").GetString() == "Candor itself" && one.GetProperty("status").GetString() == "operational"),
            TimeSpan.FromSeconds(20),
            Ct);
        Assert.Contains("candor_journal_position", await candor.AdminTextAsync("/metrics", Ct), StringComparison.Ordinal);
        Assert.Equal("ok", (await candor.JsonAsync("/healthz", Ct)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task It_stops_within_five_seconds_of_being_asked_with_readers_and_streams_open()
    {
        await using var candor = await CandorProcess.StartAsync(new CandorOptions(), Ct);
        await using var live = await candor.ListenAsync(Ct);

        var (code, took) = await candor.StopAsync(Ct);

        Assert.Equal(0, code);
        Assert.True(took <= TimeSpan.FromSeconds(5), $"stopped after {took}");
    }

    [Fact]
    public async Task Everything_it_keeps_is_for_its_owner_alone()
    {
        await using var candor = await CandorProcess.StartAsync(new CandorOptions(), Ct);
        await candor.StopAsync(Ct);

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        var open = new DirectoryInfo(candor.Data).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Append(new DirectoryInfo(candor.Data))
            .Where(file => (file.UnixFileMode & Others) != UnixFileMode.None)
            .Select(file => file.FullName);
        Assert.Empty(open);
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_is_refused_and_told_what_to_do()
    {
        await using var candor = await CandorProcess.StartAsync(new CandorOptions(), Ct);

        var (code, errors) = await RunAsync("serve", "--data", candor.Data, "--listen", "http://127.0.0.1:0", "--admin-listen", "http://127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains("in use by process", errors, StringComparison.Ordinal);
        Assert.Contains("--data ./other", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_a_way_out()
    {
        using var taken = new Target();
        var folder = Directory.CreateTempSubdirectory("candor-port-").FullName;

        var (code, errors) = await RunAsync(
            "serve", "--data", Path.Combine(folder, "data"), "--listen", $"http://127.0.0.1:{taken.Port}", "--admin-listen", "http://127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains($"port {taken.Port}", errors, StringComparison.Ordinal);
        Assert.Contains("--listen http://127.0.0.1:", errors, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2, "serve", "--listen", "8080")]
    [InlineData(2, "serve", "--no-such-option")]
    [InlineData(2, "srve")]
    [InlineData(0, "version")]
    [InlineData(0, "serve", "--help")]
    public async Task Exit_codes_are_kept_and_every_error_ends_with_the_next_thing_to_try(int expected, params string[] arguments)
    {
        var file = Path.Combine(Path.GetTempPath(), $"candor-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(file, "", Ct);
        var (code, errors) = await RunAsync(arguments.Length > 0 ? arguments : ["serve", "--data", file]);
        File.Delete(file);

        Assert.Equal(expected, code);
        if (expected > 0)
        {
            Assert.Contains("next: ", errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_journal_that_gives_nothing_is_not_shown_as_all_well()
    {
        var folder = Directory.CreateTempSubdirectory("candor-spoilt-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        await File.WriteAllTextAsync(Path.Combine(folder, "data", "journal.db"), new string('x', 20_000), Ct);

        var (code, errors) = await RunAsync(
            "serve", "--data", Path.Combine(folder, "data"), "--listen", "http://127.0.0.1:0", "--admin-listen", "http://127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains("The journal cannot be opened", errors, StringComparison.Ordinal);
        Assert.Contains("candor verify", errors, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(int Code, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        _ = process.StandardOutput.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, await errors);
    }
}
