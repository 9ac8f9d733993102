namespace Candor.Settings.Entries;

/// <summary>A key of a map with what stands under it. The key has a place of its own for faults in the name itself.</summary>
internal sealed record Member(string Key, int Line, int Column, Entry Entry)
{
    /// <summary>The place of the key, under the path of its value.</summary>
    public Fault Wrong(string what, string remedy) => new(Line, Column, Entry.Path, what, remedy);
}
