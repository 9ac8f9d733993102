using Candor.Testing;
using Candor.Watching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Watching;

public class PlainLogFormatTests
{
    [Fact]
    public void An_event_is_one_line_with_its_causes_and_no_stack_trace() => Assert.Equal(
        "12:00:00Z warning: The journal failed. <- disk full <- errno 28\n",
        Line(LogLevel.Warning, "The journal failed.", new IOException("disk full", new IOException("errno 28"))));

    [Fact]
    public void What_a_stranger_sends_cannot_forge_a_line_or_steer_the_terminal() =>
        Assert.Equal("12:00:00Z asked for /x 12:00:01Z error: gone [31m\n", Line(LogLevel.Information, "asked for /x\n12:00:01Z error: gone\u001b[31m", null));

    private static string Line(LogLevel level, string message, Exception? fault)
    {
        var time = new ManualTimeProvider(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        using var writer = new StringWriter { NewLine = "\n" };
        new PlainLogFormat(time, colours: false, traces: false).Write(
            new LogEntry<string>(level, "Candor", default, message, fault, static (state, _) => state), null, writer);
        return writer.ToString();
    }
}
