using Candor.Attachments;
using Candor.Effects;
using Candor.Journal.Sqlite;

namespace Candor.Commands.Backups;

/// <summary>Makes a backup of a data folder, also while Candor works in it, and reads it back before calling it one.</summary>
internal static class Backup
{
    public const string JournalName = "journal.db";

    public static async Task<BackupManifest> MakeAsync(
        string data, string target, TimeProvider time, IProgress<(long Done, long Total)> progress, CancellationToken cancellation)
    {
        var journal = Path.Combine(data, JournalName);
        if (!File.Exists(journal))
        {
            throw new CommandFault($"There is no journal in '{data}'.", "Name Candor's data folder with --data.");
        }

        var folder = Path.GetFullPath(target) + ".files";
        var unfinished = Path.GetFullPath(target) + ".new";
        Directory.CreateDirectory(folder);
        try
        {
            var manifest = await CopyAsync(data, folder, time, progress, cancellation);
            File.Delete(unfinished);
            await BackupArchive.WriteAsync(unfinished, folder, manifest, cancellation);
            Flush(unfinished);
            await BackupArchive.ReadAsync(unfinished, null, progress, cancellation);
            LibC.Rename(unfinished, target);
            LibC.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
            return manifest;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            File.Delete(unfinished);
        }
    }

    /// <summary>
    /// Every database of the data folder, and every file of its words. Queues are not among them: they are made again from the
    /// journal; nor are uploads that are under way.
    /// </summary>
    private static async Task<BackupManifest> CopyAsync(
        string data, string folder, TimeProvider time, IProgress<(long Done, long Total)> progress, CancellationToken cancellation)
    {
        var entries = new List<BackupEntry>();
        foreach (var database in Directory.GetFiles(data, "*.db").Order(StringComparer.Ordinal))
        {
            var copy = Path.Combine(folder, Path.GetFileName(database));
            DatabaseCopy.Make(database, copy, progress, cancellation);
            entries.Add(new(
                Path.GetFileName(database), new FileInfo(copy).Length, await BackupArchive.DigestAsync(copy, cancellation)));
        }

        // After the journal: what it names was there before it was named.
        entries.AddRange(await CopyFilesAsync(Path.Combine(data, FileStore.FolderName), folder, cancellation));
        var report = JournalCheck.Walk(Path.Combine(folder, JournalName), progress, cancellation);
        if (report.Fault is not null)
        {
            throw new CommandFault(
                $"The journal is damaged at event {report.BrokenAt}: {report.Fault} No backup was made, so that it does not replace a good one.",
                report.Remedy!);
        }

        return new(
            BackupManifest.CurrentFormat, VersionCommand.Current.Version, time.GetUtcNow(), report.Events, report.Head!, entries);
    }

    private static async Task<List<BackupEntry>> CopyFilesAsync(string files, string folder, CancellationToken cancellation)
    {
        var entries = new List<BackupEntry>();
        string[] all = Directory.Exists(files) ? Directory.GetFiles(files) : [];
        foreach (var name in all.Select(static path => Path.GetFileName(path)).Where(FileStore.IsHash).Order(StringComparer.Ordinal))
        {
            var copy = Path.Combine(folder, name);
            try
            {
                File.Copy(Path.Combine(files, name), copy);
            }
            catch (FileNotFoundException)
            {
                // Swept meanwhile: no words name it any more.
                continue;
            }

            if (await BackupArchive.DigestAsync(copy, cancellation) != name)
            {
                throw new CommandFault(
                    $"The file {name} of some words is damaged. No backup was made, so that it does not replace a good one.",
                    "`candor verify` says which words; put the file back from an older backup, or take it away in the incident's room.");
            }

            entries.Add(new(name, new FileInfo(copy).Length, name));
        }

        return entries;
    }

    /// <summary>On return its bytes are on the disk.</summary>
    public static void Flush(string path)
    {
        var descriptor = LibC.Open(path, LibC.ReadOnly);
        try
        {
            LibC.Sync(descriptor, path);
        }
        finally
        {
            LibC.Close(descriptor, path);
        }
    }
}
