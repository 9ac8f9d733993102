using Candor.Settings.Entries;

namespace Candor.Settings;

/// <summary>What came of reading a file: a declaration, or the faults that prevent it; never both, never neither.</summary>
internal sealed record SettingsAnswer(Declaration? Declaration, IReadOnlyList<Fault> Faults);
