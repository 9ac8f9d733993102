using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;

namespace Candor.Commands.Backups;

/// <summary>A backup as one file: a tar whose first entry says what the others are. Any tar program can list it.</summary>
internal static class BackupArchive
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int ManifestBytesMax = 64 * 1024 * 1024;

    /// <summary>Writes the files of a folder behind the manifest that describes them.</summary>
    public static async Task WriteAsync(
        string archive, string folder, BackupManifest manifest, CancellationToken cancellation)
    {
        await using var file = new FileStream(archive, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly,
        });
        await using var tar = new TarWriter(file, TarEntryFormat.Pax);
        using var described = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.BackupManifest));
        await tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.EntryName) { DataStream = described, Mode = OwnerOnly },
            cancellation);
        foreach (var entry in manifest.Files)
        {
            await using var content = File.OpenRead(Path.Combine(folder, entry.Name));
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = content, Mode = OwnerOnly }, cancellation);
        }
    }

    /// <summary>
    /// Reads the archive to its end and compares every entry with the manifest; extracts into a folder where one is
    /// given. Throws <see cref="CommandFault"/> with the first thing that is not as it should be.
    /// </summary>
    public static async Task<BackupManifest> ReadAsync(
        string archive, string? into, IProgress<(long Done, long Total)> progress, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(archive);
            await using var tar = new TarReader(file);
            var manifest = await ReadManifestAsync(tar, cancellation);
            foreach (var expected in manifest.Files)
            {
                var entry = await tar.GetNextEntryAsync(copyData: false, cancellation);
                if (entry?.Name != expected.Name || entry.Length != expected.Bytes || !IsPlain(expected.Name))
                {
                    throw Damaged(archive, $"'{expected.Name}' is missing or has another length");
                }

                if (await TakeAsync(entry, into, cancellation) != expected.Sha256)
                {
                    throw Damaged(archive, $"the content of '{expected.Name}' does not fit its checksum");
                }

                progress.Report((file.Position, file.Length));
            }

            return manifest;
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or FormatException or EndOfStreamException)
        {
            throw Damaged(archive, fault.Message.TrimEnd('.'));
        }
    }

    public static async Task<string> DigestAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    private static async Task<BackupManifest> ReadManifestAsync(TarReader tar, CancellationToken cancellation)
    {
        var entry = await tar.GetNextEntryAsync(copyData: false, cancellation);
        if (entry?.Name != BackupManifest.EntryName || entry.Length > ManifestBytesMax || entry.DataStream is null)
        {
            throw new InvalidDataException("it does not begin with a description of itself");
        }

        var manifest = await JsonSerializer.DeserializeAsync(entry.DataStream, BackupJson.Default.BackupManifest, cancellation);
        return manifest is { Format: BackupManifest.CurrentFormat }
            ? manifest
            : throw new InvalidDataException($"its format is {manifest?.Format}; this build reads {BackupManifest.CurrentFormat}");
    }

    private static async Task<string> TakeAsync(TarEntry entry, string? into, CancellationToken cancellation)
    {
        var content = entry.DataStream ?? Stream.Null;
        if (into is null)
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        }

        var path = Path.Combine(into, entry.Name);
        await using (var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly,
        }))
        {
            await content.CopyToAsync(file, cancellation);
        }

        return await DigestAsync(path, cancellation);
    }

    /// <summary>A backup comes from elsewhere: its names must not lead out of the folder.</summary>
    private static bool IsPlain(string name) => name.Length > 0 && name == Path.GetFileName(name) && name[0] != '.';

    private static CommandFault Damaged(string archive, string what) => new(
        $"'{archive}' is not a sound backup: {what}.", "Take another backup file; nothing has been changed.");
}
