using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Candor.Commands;

/// <summary>Where a command writes: results to the output, everything else to the error stream. Colours only where a person looks.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, TerminalTraits traits, TimeProvider time)
{
    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    public TerminalTraits Traits { get; } = traits;

    public TimeProvider Time { get; } = time;

    /// <summary>Where a person types, who can be asked for what is missing; null in scripts.</summary>
    public TextReader? Input { get; init; }

    /// <summary>What another program or a file hands over; null where a person types, and in tests that bring nothing.</summary>
    public TextReader? Piped { get; init; }

    /// <summary>The process's own streams. NO_COLOR and TERM=dumb are respected (https://no-color.org).</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The streams live as long as the process.")]
    public static Terminal Standard()
    {
        var colours = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        var traits = new TerminalTraits(
            OutputIsTerminal: !Console.IsOutputRedirected,
            ErrorIsTerminal: !Console.IsErrorRedirected,
            Colours: colours,
            Width: Console.IsErrorRedirected ? 80 : Math.Clamp(Console.WindowWidth, 40, 200));
        return new(Writer(Console.OpenStandardOutput()), Writer(Console.OpenStandardError()), traits, TimeProvider.System)
        {
            Input = Console.IsInputRedirected || Console.IsErrorRedirected ? null : Console.In,
            Piped = Console.IsInputRedirected
                ? new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)) : null,
        };
    }

    public void Line(string text = "") => Output.WriteLine(text);

    /// <summary>Text for the output, coloured where that is a terminal.</summary>
    public string Paint(Ink ink, string text) =>
        Traits is { Colours: true, OutputIsTerminal: true } ? Coloured(ink, text) : text;

    /// <summary>One line of a report: a mark with a word's meaning, a name in a column, what was found.</summary>
    public void Tick(Ink ink, string name, string found, int column)
    {
        var mark = ink switch { Ink.Good => "✓", Ink.Warning => "!", Ink.Bad => "✗", _ => "·" };
        Output.WriteLine($"  {Paint(ink, mark)} {name.PadRight(column)}  {found}");
    }

    /// <summary>What went wrong, and the next thing to try; on the error stream.</summary>
    public void Fail(string sentence, string next)
    {
        var colours = Traits is { Colours: true, ErrorIsTerminal: true };
        Error.WriteLine($"candor: {(colours ? Coloured(Ink.Bad, sentence) : sentence)}");
        Error.WriteLine($"  next: {next}");
        Error.Flush();
    }

    /// <summary>Shows progress on a terminal once it has lasted a second; shows nothing elsewhere. Dispose it to clear the line.</summary>
    public Progress Progress(string doing, long? total = null) => new(this, doing, total);

    private static string Coloured(Ink ink, string text) => ink switch
    {
        Ink.Good => $"\e[32m{text}\e[0m",
        Ink.Warning => $"\e[33m{text}\e[0m",
        Ink.Bad => $"\e[31m{text}\e[0m",
        Ink.Quiet => $"\e[2m{text}\e[0m",
        Ink.Strong => $"\e[1m{text}\e[0m",
        _ => text,
    };

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
}

/// <summary>What is known of the streams.</summary>
internal sealed record TerminalTraits(bool OutputIsTerminal, bool ErrorIsTerminal, bool Colours, int Width)
{
    public static readonly TerminalTraits Piped = new(false, false, false, 80);
}

/// <summary>What a colour says. Never alone: a mark or a word says the same.</summary>
internal enum Ink
{
    Plain,
    Good,
    Warning,
    Bad,
    Quiet,
    Strong,
}
