using Candor.Commands;
using Candor.Commands.Probes;
using Candor.Effects;
using Candor.Probing;

namespace Candor.Tests.Commands;

/// <summary>Whoever asks what a command takes is told, whatever they left out or typed before.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("candor backup --help", "backup <file>")]
    [InlineData("candor check http --help", "check http <url>")]
    [InlineData("candor check http -h", "check http <url>")]
    public async Task Help_needs_nothing_of_what_the_command_needs(string line, string usage)
    {
        var shell = await RunAsync(line);

        Assert.Equal(Exit.Done, shell.Exit);
        Assert.Contains(usage, shell.Output, StringComparison.Ordinal);
        Assert.Empty(shell.Error);
    }

    [Theory]
    [InlineData("candor backup", "`candor backup` needs <file>.", "`candor backup ")]
    [InlineData("candor check http", "`candor check http` needs <url>.", "`candor check http https://example.com ")]
    [InlineData("candor backup there.tar --dat here", "`candor backup` has no option --dat.", "Did you mean --data?")]
    [InlineData("candor backup there.tar --quickly", "`candor backup` has no option --quickly.", "`candor backup --help`")]
    [InlineData("candor check htp --help", "There is no `candor check htp`.", "`candor check http`")]
    [InlineData("candor bakup", "There is no `candor bakup`.", "`candor backup`")]
    [InlineData("candor group", "`candor group` needs one of these behind it: one, two.", "`candor group --help`")]
    public async Task What_is_wrong_is_refused_with_what_to_write_instead(string line, string sentence, string next)
    {
        var shell = await RunAsync(line);

        Assert.Equal(Exit.WrongUsage, shell.Exit);
        Assert.StartsWith($"candor: {sentence}", shell.Error, StringComparison.Ordinal);
        Assert.Contains($"  next: {next}", shell.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_told_and_not_asked_cannot_be_looked_at_once()
    {
        var shell = await RunAsync("candor check --help");

        Assert.Contains("  http <url>", shell.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("  heartbeat", shell.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("  alert", shell.Output, StringComparison.Ordinal);
    }

    private static Task<Shell> RunAsync(string line) => Shell.RunAsync(
        line, BackupCommand.Create, terminal => CheckCommand.Create(terminal, new SystemDisk(), CheckKinds.All, [.. ProbeCommands.All(terminal, CheckKinds.All)]),
        _ => new CandorCommand("group", "Two of them.") { Subcommands = { new("one"), new("two"), new("three") { Hidden = true } } });
}
