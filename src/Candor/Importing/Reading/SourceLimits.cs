namespace Candor.Importing.Reading;

/// <summary>Bounds for text that others wrote: far above what was ever seen, far below what would hurt.</summary>
internal static class SourceLimits
{
    /// <summary>A year of Google Cloud is 4 MB, a Statuspage history 3 MB.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    /// <summary>Vendors' files are at most 20 levels deep; a tree of editor paragraphs is the deepest.</summary>
    public const int DepthMax = 64;

    /// <summary>Names, texts, numbers and brackets of one JSON file.</summary>
    public const int TokensMax = 4_000_000;

    /// <summary>Longest number that is looked at; a 64-bit one has 20 characters.</summary>
    public const int NumberMax = 40;

    /// <summary>A component tree deeper than this is a loop or a joke.</summary>
    public const int TreeDepthMax = 8;

    public const int WarningsMax = 200;
}
