using Candor.Commands;
using Candor.Testing;

namespace Candor.Tests.Commands;

public sealed class TerminalTests : IDisposable
{
    private readonly ManualTimeProvider time = new(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public void Piped_output_has_no_colours_and_no_progress()
    {
        var terminal = new Terminal(output, error, TerminalTraits.Piped, time);
        terminal.Tick(Ink.Bad, "disk", "full", 6);
        using (terminal.Progress("reading"))
        {
            time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal("  ✗ disk    full", output.ToString().TrimEnd());
        Assert.Empty(error.ToString());
    }

    [Fact]
    public void Progress_appears_after_a_second_and_is_gone_at_the_end()
    {
        var terminal = new Terminal(output, error, new(true, true, Colours: true, 80), time);
        using (terminal.Progress("reading"))
        {
            time.Advance(TimeSpan.FromMilliseconds(900));
            Assert.Empty(error.ToString());

            time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.Contains("reading 1 s", error.ToString(), StringComparison.Ordinal);
        }

        Assert.EndsWith("\r\e[2K", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void Progress_with_a_known_whole_is_a_bar_after_a_moment_and_says_how_long()
    {
        var terminal = new Terminal(output, error, new(true, true, Colours: true, 80), time);
        using (var progress = terminal.Progress("entering", total: 100))
        {
            progress.Report(25);
            time.Advance(TimeSpan.FromMilliseconds(150));
            Assert.Contains("entering ██████░░░░░░░░░░░░░░░░░░", error.ToString(), StringComparison.Ordinal);

            time.Advance(TimeSpan.FromMilliseconds(850));
            Assert.Contains("25 %, 3 s left", error.ToString(), StringComparison.Ordinal);
        }

        Assert.EndsWith("\r\e[2K", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void An_error_ends_with_the_next_thing_to_try()
    {
        new Terminal(output, error, TerminalTraits.Piped, time).Fail("It is full.", "Make room.");

        Assert.Equal("candor: It is full.\n  next: Make room.\n", error.ToString().ReplaceLineEndings("\n"));
    }
}
