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
            return answer.Declaration is null ? Exit.Failed : Exit.Done;
        }

        if (answer.Declaration is not { } declaration)
        {
            SettingsFile.Explain(terminal, file.Bytes, answer.Faults);
            throw SettingsFile.Refused(file.Path, answer.Faults);
        }

        terminal.Line($"{terminal.Paint(Ink.Good, "✓")} {file.Path} is right: {Sum(declaration)}.");
        foreach (var note in declaration.Notes)
        {
            terminal.Line($"{terminal.Paint(Ink.Warning, "!")} {note}");
        }

        return Exit.Done;
    }

    private static string Sum(Declaration declaration) =>
        $"{SettingsFile.Count(declaration.Components.Length, "component")}, {SettingsFile.Count(declaration.Monitors.Length, "monitor")}";
}
