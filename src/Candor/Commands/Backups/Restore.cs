using System.Globalization;
using Candor.Attachments;
using Candor.Effects;
using Candor.Journal.Sqlite;

namespace Candor.Commands.Backups;

/// <summary>Puts a backup in the place of a data folder. Checks all of it first, and moves what was there aside.</summary>
internal static class Restore
{
    // The lock is ours while we work, the reserve is only space, and keys are of the installation: no backup holds them, and
    // with new ones heartbeats, agents, mirrors and sealed addresses would all be somebody else's.
    private static readonly string[] Staying = ["lock", "reserve", .. InstallationKeys.Names];

    private const string Incoming = "restoring";

    /// <summary>A restore ended between the old data and the new: to begin with nothing in their place would lose both.</summary>
    public static bool IsHalfDone(string data) =>
        Directory.Exists(Path.Combine(data, Incoming)) && !File.Exists(Path.Combine(data, Backup.JournalName));

    public static async Task<RestoreReport> RunAsync(
        string archive,
        string data,
        bool overwrite,
        TimeProvider time,
        IProgress<(long Done, long Total)> progress,
        CancellationToken cancellation)
    {
        using var taken = FolderLock.Take(data);
        var present = Present(data);
        if (present.Count > 0 && !overwrite)
        {
            throw new CommandFault(
                $"The data folder '{data}' is not empty ({string.Join(", ", present.Take(4).Select(Path.GetFileName))}…).",
                "Choose an empty folder with --data, or say --overwrite: what is there is then moved aside, not deleted.",
                Exit.Unsafe);
        }

        var incoming = Path.Combine(data, Incoming);
        Clear(incoming);
        Directory.CreateDirectory(incoming);
        BackupManifest manifest;
        try
        {
            manifest = await BackupArchive.ReadAsync(archive, incoming, progress, cancellation);
            Check(archive, Path.Combine(incoming, Backup.JournalName), manifest, progress, cancellation);
        }
        catch
        {
            Clear(incoming);
            throw;
        }

        // What is here goes when what comes is on the disk for good. The journal goes first and comes last: without it, nothing
        // starts here.
        foreach (var file in Directory.GetFiles(incoming))
        {
            Backup.Flush(file);
        }

        LibC.SyncFolder(incoming);
        LibC.SyncFolder(data);
        var aside = present.Count > 0 ? MoveAside(data, present, time) : null;
        var files = Directory.CreateDirectory(Path.Combine(data, FileStore.FolderName), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        foreach (var file in Directory.GetFiles(incoming).OrderBy(static file => Path.GetFileName(file) == Backup.JournalName))
        {
            LibC.Rename(file, Path.Combine(FileStore.IsHash(Path.GetFileName(file)) ? files : data, Path.GetFileName(file)));
        }

        LibC.SyncFolder(files);
        Directory.Delete(incoming);
        LibC.SyncFolder(data);
        return new(manifest.Events, manifest.CreatedAt, aside, [.. InstallationKeys.All.Where(key => !File.Exists(Path.Combine(data, key.Name)))]);
    }

    private static List<string> Present(string data) =>
    [
        .. Directory.GetFileSystemEntries(data)
            .Where(static e => !Staying.Contains(Path.GetFileName(e), StringComparer.Ordinal)
                && Path.GetFileName(e) != Incoming
                && !Path.GetFileName(e).StartsWith("replaced-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static void Check(
        string archive,
        string journal,
        BackupManifest manifest,
        IProgress<(long Done, long Total)> progress,
        CancellationToken cancellation)
    {
        var report = JournalCheck.Walk(journal, progress, cancellation);
        if (report.Fault is not null || report.Events != manifest.Events || report.Head != manifest.Head)
        {
            throw new CommandFault(
                $"The journal in '{archive}' is not what the backup says it is: {report.Fault ?? "it ends elsewhere."}",
                "Take another backup file; nothing has been changed.");
        }
    }

    private static string MoveAside(string data, List<string> present, TimeProvider time)
    {
        var aside = Path.Combine(
            data, string.Create(CultureInfo.InvariantCulture, $"replaced-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}"));
        Directory.CreateDirectory(aside);
        foreach (var entry in present.OrderBy(static entry => Path.GetFileName(entry) != Backup.JournalName))
        {
            LibC.Rename(entry, Path.Combine(aside, Path.GetFileName(entry)));
        }

        return aside;
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
