namespace Candor.Effects;

/// <summary>Files as Candor needs them: small, whole, durable. SQLite does its own input and output.</summary>
internal interface IDisk
{
    /// <summary>Reads a whole file, or null where there is none. Throws <see cref="IOException"/> above <paramref name="limitBytes"/>.</summary>
    byte[]? Read(string path, long limitBytes);

    /// <summary>
    /// Replaces a file so that after a crash either the old or the new content is there: temporary file, fsync,
    /// rename, fsync of the folder. Throws <see cref="IOException"/> when any of these failed.
    /// </summary>
    void Replace(string path, ReadOnlySpan<byte> content);

    /// <summary>Removes a file; nothing happens where there is none.</summary>
    void Delete(string path);

    /// <summary>When the file was last written and how long it is, or null where there is none.</summary>
    (DateTimeOffset WrittenAt, long Bytes)? Stat(string path);

    /// <summary>Whether anybody but its owner may read or write a file.</summary>
    bool IsOpenToOthers(string path) => false;

    /// <summary>Bytes that may still be written on the volume that holds the path.</summary>
    long FreeBytes(string path);

    /// <summary>Names of the files in a folder, in ordinal order; empty where there is none.</summary>
    IReadOnlyList<string> List(string folder);
}
