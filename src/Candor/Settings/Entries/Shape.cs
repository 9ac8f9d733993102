namespace Candor.Settings.Entries;

/// <summary>What an <see cref="Entry"/> is made of.</summary>
internal enum Shape
{
    /// <summary>Nothing was written after the key, or <c>null</c> or <c>~</c>.</summary>
    Empty,
    Text,
    List,
    Map,
}
