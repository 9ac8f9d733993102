using Candor.Effects;
using Candor.Settings.Entries;

namespace Candor.Commands;

/// <summary>A settings file as commands deal with it: read, or explained line by line.</summary>
internal static class SettingsFile
{
    /// <summary>Reads the bytes, or ends the command with a sentence that names the file.</summary>
    public static byte[] Load(IDisk disk, string path)
    {
        if (disk.Stat(path) is { Bytes: > Yaml.BytesMax } large)
        {
            throw new CommandFault($"{path} has {large.Bytes / 1024} KiB; settings have at most 1 MiB.", "Is it the right file?");
        }

        return disk.Read(path, Yaml.BytesMax)
            ?? throw new CommandFault($"There is no file {path}.", "Name it with -f FILE, or begin with the example in docs/settings.md.");
    }

    /// <summary>Every fault with its line and a caret below it.</summary>
    public static void Explain(Terminal terminal, byte[] file, IReadOnlyList<Fault> faults)
    {
        var numbers = faults.Max(fault => fault.Line).ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        foreach (var fault in faults)
        {
            var source = SourceLine.Of(file, fault, terminal.Traits.Width - numbers - 6);
            var place = $"line {fault.Line}, column {fault.Column}:";
            terminal.Line($"{terminal.Paint(Ink.Strong, place)} {fault.Path} {fault.What}: {terminal.Paint(Ink.Good, fault.Remedy)}");
            terminal.Line(terminal.Paint(Ink.Quiet, $"  {$"{fault.Line}".PadLeft(numbers)} │ ") + source.Text);
            terminal.Line(terminal.Paint(Ink.Quiet, $"  {new string(' ', numbers)} │ ") + source.Indent + terminal.Paint(Ink.Bad, "^"));
        }
    }

    /// <summary>"candor.yaml has 2 faults." with the next thing to try, as the end of a command.</summary>
    public static CommandFault Refused(string path, IReadOnlyList<Fault> faults) => new(
        faults.Count == 1 ? $"{path} has one fault." : $"{path} has {faults.Count} faults.",
        "Mend the lines above; nothing was changed.");

    /// <summary>"1 monitor", "3 monitors".</summary>
    public static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";
}
