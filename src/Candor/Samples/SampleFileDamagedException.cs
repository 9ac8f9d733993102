namespace Candor.Samples;

/// <summary>A sample store was damaged and has been put aside. The next opening begins a new one.</summary>
internal sealed class SampleFileDamagedException(string path, string quarantined, Exception cause)
    : IOException($"'{path}' is damaged ({cause.Message}) and was put aside as '{quarantined}'.", cause)
{
    public string Quarantined { get; } = quarantined;
}
