using Candor.Settings;
using Candor.Settings.Entries;

namespace Candor.Commands;

/// <summary>What <c>candor check --json</c> prints.</summary>
internal sealed record SettingsReport(
    string File, bool Right, int Components, int Monitors, IReadOnlyList<Fault> Faults, IReadOnlyList<string> Notes)
{
    public static SettingsReport Of(string file, SettingsAnswer answer) => new(
        file,
        answer.Declaration is not null,
        answer.Declaration?.Components.Length ?? 0,
        answer.Declaration?.Monitors.Length ?? 0,
        answer.Faults,
        answer.Declaration?.Notes ?? []);
}
