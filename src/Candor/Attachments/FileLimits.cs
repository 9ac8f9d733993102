namespace Candor.Attachments;

/// <summary>How much is taken. What is above is refused with the figure in the sentence.</summary>
internal sealed record FileLimits
{
    public static readonly FileLimits Default = new();

    public int FileBytesMax { get; init; } = 10 * 1024 * 1024;

    /// <summary>One chunk is in memory at a time, and at most one is sent twice.</summary>
    public int ChunkBytesMax { get; init; } = 512 * 1024;

    /// <summary>All files and all uploads together.</summary>
    public long TotalBytesMax { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>The journal comes first: with less than this left on the disk nothing is taken.</summary>
    public long FreeBytesLeast { get; init; } = 64L * 1024 * 1024;

    /// <summary>Uploads of one person or token that no words refer to yet.</summary>
    public int UploadsOfOneMax { get; init; } = 64;

    /// <summary>How long an upload may be gone on with, or waits for its words.</summary>
    public TimeSpan UploadKept { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How much longer the bytes stay, so that none go from under words that are just being said.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After a start nothing is taken away for so long: whoever put the wrong folder in its place can still see it.</summary>
    public TimeSpan NothingGoesFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>For so long sweeps have to find that nothing needs a file before it goes.</summary>
    public TimeSpan UnneededFor { get; init; } = TimeSpan.FromDays(1);

    /// <summary>And so long ago it was written.</summary>
    public TimeSpan UnneededAge { get; init; } = TimeSpan.FromDays(7);
}
