using Candor.Attachments;
using Candor.Effects;
using Candor.Journal.Sqlite;
using Candor.State;

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
    /// Every database of the data folder, and every file that the copied journal names. Queues are not among them: they are made
    /// again from the journal; nor are uploads that are under way, and files that no words name.
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

        var report = JournalCheck.Walk(Path.Combine(folder, JournalName), progress, cancellation);
        if (report.Fault is not null)
        {
            throw new CommandFault(
                $"The journal is damaged at event {report.BrokenAt}: {report.Fault} No backup was made, so that it does not replace a good one.",
                report.Remedy!);
        }

        // After the journal: what it names was there before it was named.
        var (files, without) = await CopyFilesAsync(OfflineJournal.Read(folder, time), Path.Combine(data, FileStore.FolderName), folder, cancellation);
        return new(
            BackupManifest.CurrentFormat, VersionCommand.Current.Version, time.GetUtcNow(), report.Events, report.Head!, [.. entries, .. files])
        {
            Without = without.Count > 0 ? without : null,
        };
    }

    /// <summary>A picture that is lost or damaged is no reason to have no copy of everything else.</summary>
    private static async Task<(List<BackupEntry> Entries, List<string> Without)> CopyFilesAsync(
        World world, string files, string folder, CancellationToken cancellation)
    {
        var (entries, without) = (new List<BackupEntry>(), new List<string>());
        foreach (var (incident, file) in FileCheck.NamedIn(world))
        {
            var (bytes, fault) = FileCheck.Read(file, files);
            if (bytes is null)
            {
                without.Add(FileCheck.Say(incident, file, fault!));
                continue;
            }

            await File.WriteAllBytesAsync(Path.Combine(folder, file.Hash), bytes, cancellation);
            entries.Add(new(file.Hash, bytes.Length, file.Hash));
        }

        return (entries, without);
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
