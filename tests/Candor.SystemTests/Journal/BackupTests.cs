using System.Diagnostics;

namespace Candor.SystemTests.Journal;

/// <summary>The commands as people type them, beside a process that writes all the time.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("candor-backup-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(folder, "data");

    private string Archive => Path.Combine(folder, "backup.tar");

    [Fact]
    public async Task P_34_A_backup_made_under_load_holds_everything_acknowledged_before_it_and_is_restored()
    {
        List<Acknowledged> before;
        await using (var writer = JournalWriter.Start(Data, writers: 20))
        {
            await AcksAsync(writer, 500);
            before = [.. writer.Acks];

            Assert.Equal(0, (await CandorAsync("backup", Archive, "--data", Data)).Exit);
            Assert.Equal(0, (await CandorAsync("verify", "--data", Data)).Exit);
        }

        var elsewhere = Path.Combine(folder, "elsewhere");
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, (await CandorAsync("restore", Archive, "--data", elsewhere)).Exit);

        Assert.True(clock.Elapsed <= TimeSpan.FromSeconds(30), $"{clock.Elapsed}");
        var stored = await StoredNumbers.ReadAsync(elsewhere, Ct);
        Assert.Empty(StoredNumbers.Lost(stored, before));
        Assert.Equal(0, (await CandorAsync("verify", "--data", elsewhere)).Exit);
    }

    [Fact]
    public async Task Restoring_over_something_is_refused_for_safety_and_moves_it_aside_when_told()
    {
        await WriteAsync(3);
        await CandorAsync("backup", Archive, "--data", Data);
        await WriteAsync(2);

        var refused = await CandorAsync("restore", Archive, "--data", Data);
        Assert.Equal(3, refused.Exit);
        Assert.Contains("--overwrite", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(5, (await StoredNumbers.ReadAsync(Data, Ct)).Count);

        await File.WriteAllTextAsync(Path.Combine(Data, "master.key"), "of this installation", Ct);
        var restored = await CandorAsync("restore", Archive, "--data", Data, "--overwrite");
        Assert.Equal(0, restored.Exit);
        Assert.Equal("of this installation", await File.ReadAllTextAsync(Path.Combine(Data, "master.key"), Ct));
        Assert.Contains("mirror.key", restored.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("master.key", restored.Output, StringComparison.Ordinal);
        Assert.Equal(3, (await StoredNumbers.ReadAsync(Data, Ct)).Count);
        var aside = Assert.Single(Directory.GetDirectories(Data, "replaced-*"));
        Assert.Equal(5, (await StoredNumbers.ReadAsync(aside, Ct)).Count);
    }

    [Fact]
    public async Task Restoring_beneath_a_running_process_is_refused()
    {
        await WriteAsync(3);
        await CandorAsync("backup", Archive, "--data", Data);
        await using var writer = JournalWriter.Start(Data, writers: 1);
        await writer.Opened;

        var refused = await CandorAsync("restore", Archive, "--data", Data, "--overwrite");

        Assert.Equal(1, refused.Exit);
        Assert.Contains("is in use by process", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spoilt_backup_is_refused_before_anything_is_touched()
    {
        await WriteAsync(200);
        await CandorAsync("backup", Archive, "--data", Data);
        var bytes = await File.ReadAllBytesAsync(Archive, Ct);
        bytes[bytes.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(Archive, bytes, Ct);

        var refused = await CandorAsync("restore", Archive, "--data", Data, "--overwrite");

        Assert.Equal(1, refused.Exit);
        Assert.Contains("is not a sound backup", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(200, (await StoredNumbers.ReadAsync(Data, Ct)).Count);
        Assert.Equal(1, (await CandorAsync("verify", Archive)).Exit);
    }

    [Fact]
    public async Task Verify_names_the_first_broken_event_and_no_backup_is_made_of_it()
    {
        await WriteAsync(300);
        var journal = Path.Combine(Data, "journal.db");
        var bytes = await File.ReadAllBytesAsync(journal, Ct);
        var place = bytes.AsSpan().IndexOf("0 150"u8);
        bytes[place + 4] ^= 1;
        await File.WriteAllBytesAsync(journal, bytes, Ct);

        var verified = await CandorAsync("verify", "--data", Data, "--json");
        var backedUp = await CandorAsync("backup", Archive, "--data", Data);

        Assert.Equal(1, verified.Exit);
        Assert.Contains("\"broken_at\": 150", verified.Output, StringComparison.Ordinal);
        Assert.Contains("Event 150", verified.Errors, StringComparison.Ordinal);
        Assert.Contains("candor restore", verified.Errors, StringComparison.Ordinal);
        Assert.Equal(1, backedUp.Exit);
        Assert.False(File.Exists(Archive));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task AcksAsync(JournalWriter writer, int count)
    {
        while (writer.Acks.Count < count)
        {
            await Task.Delay(20, Ct);
        }
    }

    private static async Task<(int Exit, string Output, string Errors)> CandorAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>A few commits by one writer of the real executable, closed properly.</summary>
    private async Task WriteAsync(int commits)
    {
        await using var writer = JournalWriter.Start(Data, writers: 1, commits);
        Assert.Equal(0, await writer.EndAsync());
        Assert.Equal(commits, writer.Acks.Count);
    }
}
