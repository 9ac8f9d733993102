using Candor.Settings.Entries;

namespace Candor.Settings;

/// <summary>Why the file that is there is not what runs. What ran before it goes on.</summary>
/// <param name="Since">When it was first seen.</param>
/// <param name="Sentence">For operators; holds no line of the file.</param>
/// <param name="Faults">Every fault, where the file can be read at all. They quote the file: not for the public.</param>
internal sealed record SettingsProblem(DateTimeOffset Since, string Sentence, IReadOnlyList<Fault> Faults);
