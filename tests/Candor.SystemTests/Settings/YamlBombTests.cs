using System.Diagnostics;

namespace Candor.SystemTests.Settings;

/// <summary>What kills a parser kills its process, so this is looked at from outside.</summary>
public sealed class YamlBombTests
{
    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 100_000)]
    [InlineData("? ", 100_000)]
    [InlineData("&a [", 100_000)]
    [InlineData("!t [", 100_000)]
    [InlineData("'", 999_999)]
    public async Task SEC_38_A_bomb_in_the_settings_is_a_fault_and_the_process_lives(string piece, int count)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat(piece, count)), cancellation);
            using var process = Process.Start(new ProcessStartInfo(Repository.Program, ["check", "-f", file])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);

            Assert.Equal(1, process.ExitCode);
            Assert.StartsWith("line 1, column ", await output, StringComparison.Ordinal);
            Assert.Contains("has one fault.", await error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
