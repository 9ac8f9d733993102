using System.Text.Json;
using Candor.Settings;

namespace Candor.Commands;

/// <summary><c>candor check -f candor.yaml</c>: reads the settings as the server would, and changes nothing.</summary>
internal static class CheckSettings
{
    public static int Run(Terminal terminal, SettingsReader reader, (string Path, byte[] Bytes) file, bool json)
    {
        var answer = reader.Read(file.Bytes);
        if (json)
        {
            terminal.Line(JsonSerializer.Serialize(SettingsReport.Of(file.Path, answer), CommandJson.Readable.SettingsReport));
        }
        else if (answer.Declaration is null)
        {
            SettingsFile.Explain(terminal, file.Bytes, answer.Faults);
        }

        return answer.Declaration is not { } declaration ? throw SettingsFile.Refused(file.Path, answer.Faults)
            : json ? Exit.Done
            : Praise(terminal, file.Path, declaration);
    }

    private static int Praise(Terminal terminal, string path, Declaration declaration)
    {
        terminal.Line($"{terminal.Paint(Ink.Good, "✓")} {path} is right: {Sum(declaration)}.");
        foreach (var note in declaration.Notes)
        {
            terminal.Line($"{terminal.Paint(Ink.Warning, "!")} {note}");
        }

        return Exit.Done;
    }

    private static string Sum(Declaration declaration) =>
        $"{SettingsFile.Count(declaration.Components.Length, "component")}, {SettingsFile.Count(declaration.Monitors.Length, "monitor")}";
}
