using System.Diagnostics;
using System.Globalization;

namespace Candor.SystemTests.Journal;

/// <summary>strace is attached to a running server and makes every flush fail; then it lets go.</summary>
public sealed class ServedThroughoutTests
{
    private const string Sentence = "New events cannot be stored at the moment";

    public static bool NoStrace => Repository.Find("strace") is null || Environment.UserName != "root";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Skip = "needs strace and root, to attach it", SkipWhen = nameof(NoStrace))]
    public async Task P_05_While_every_flush_fails_the_page_is_served_and_says_so_and_afterwards_it_is_well_by_itself()
    {
        await using var candor = await CandorProcess.StartAsync("page: { name: Before }\n", Ct);
        using (var strace = await AttachAsync(candor.Id))
        {
            // A new setting is an event, and an event needs a flush.
            await File.WriteAllTextAsync(candor.SettingsPath, "page: { name: After }\n", Ct);
            await Patience.UntilAsync(() => PageSaysAsync(candor, Sentence), TimeSpan.FromSeconds(20), () => candor.Log, Ct);
            for (var i = 0; i < 40; i++)
            {
                Assert.DoesNotContain("After", await candor.TextAsync("/", Ct), StringComparison.Ordinal);
                await Task.Delay(25, Ct);
            }

            using var letGo = Process.Start("kill", ["-INT", strace.Id.ToString(CultureInfo.InvariantCulture)]);
            await strace.WaitForExitAsync(Ct);
        }

        await Patience.UntilAsync(() => PageSaysAsync(candor, "After"), TimeSpan.FromSeconds(20), () => candor.Log, Ct);
        await Patience.UntilAsync(
            async () => !await PageSaysAsync(candor, Sentence), TimeSpan.FromSeconds(20), () => candor.Log, Ct);
    }

    private static async Task<bool> PageSaysAsync(CandorProcess candor, string text) =>
        (await candor.TextAsync("/", Ct)).Contains(text, StringComparison.Ordinal);

    private static async Task<Process> AttachAsync(int id)
    {
        var number = id.ToString(CultureInfo.InvariantCulture);
        var strace = Process.Start(new ProcessStartInfo(
            Repository.Find("strace")!,
            ["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO", "-p", number])
        {
            UseShellExecute = false,
        })!;
        await Patience.UntilAsync(
            async () => (await File.ReadAllLinesAsync($"/proc/{number}/status", Ct))
                .Any(static l => l.StartsWith("TracerPid:", StringComparison.Ordinal) && !l.EndsWith("\t0", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(10),
            () => "strace did not attach",
            Ct);
        return strace;
    }
}
