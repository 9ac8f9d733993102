namespace Candor.Effects;

/// <summary>The real disk, through the C library where durability is promised.</summary>
/// <param name="forEverybody">
/// Files that a web server of another user reads, as far as the process's own mask lets them; else their owner alone, because
/// whoever reads them reads what only Candor should.
/// </param>
internal sealed class SystemDisk(bool forEverybody = false) : IDisk
{
    private const int OwnerOnly = 0x180;
    private const int ReadByAll = 0x1A4;

    public byte[]? Read(string path, long limitBytes)
    {
        FileStream file;
        try
        {
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new IOException($"'{path}' may not be read by the user that Candor runs as.", fault);
        }

        using (file)
        {
            if (file.Length > limitBytes)
            {
                throw new IOException($"'{path}' has {file.Length} bytes; no more than {limitBytes} are read.");
            }

            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
    }

    public void Replace(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        MakeFolder(folder);
        var temporary = path + ".new";
        try
        {
            WriteDurably(temporary, content);
            LibC.Rename(temporary, path);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }

        LibC.SyncFolder(folder);
    }

    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Where there is no folder there is no file either.
        }
    }

    public (DateTimeOffset WrittenAt, long Bytes)? Stat(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (new(file.LastWriteTimeUtc, TimeSpan.Zero), file.Length) : null;
    }

    public bool IsOpenToOthers(string path) =>
        (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != UnixFileMode.None;

    public long FreeBytes(string path)
    {
        var folder = Path.GetFullPath(path);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return new DriveInfo(folder).AvailableFreeSpace;
    }

    public IReadOnlyList<string> List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var names = Directory.GetFiles(folder).Select(static f => Path.GetFileName(f)!).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new IOException($"'{folder}' may not be made by the user that Candor runs as.", fault);
        }
    }

    private void WriteDurably(string path, ReadOnlySpan<byte> content)
    {
        var descriptor = LibC.Open(path, LibC.WriteOnly | LibC.Create | LibC.Truncate, forEverybody ? ReadByAll : OwnerOnly);
        try
        {
            LibC.Write(descriptor, content, path);
            LibC.Sync(descriptor, path);
        }
        finally
        {
            LibC.Close(descriptor, path);
        }
    }
}
