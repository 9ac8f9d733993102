namespace Candor.Access;

/// <summary>A row that is put, or taken away.</summary>
/// <param name="Now">Null: it is gone.</param>
internal readonly record struct RosterChange(string Kind, string Key, Entry? Now)
{
    public static RosterChange Put(Entry entry) => new(entry.Kind, entry.Key, entry);

    public static RosterChange Remove(Entry entry) => new(entry.Kind, entry.Key, null);
}
