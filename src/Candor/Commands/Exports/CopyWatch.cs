using Candor.Effects;
using Candor.Mirrors;
using Candor.Pages;
using Candor.Pages.Copies;
using Candor.Watching;

namespace Candor.Commands.Exports;

/// <summary>
/// <c>candor export --watch</c>: a folder for any web host, kept up to date. It follows the page as a mirror does, believing
/// what its publisher signed and nothing else, and writes files instead of serving; where the publisher is silent the files
/// say so.
/// </summary>
internal sealed class CopyWatch(Terminal terminal, Uri publisher, PinnedKey key, string folder)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    public async Task<int> RunAsync(CancellationToken stopping)
    {
        var own = Path.Combine(folder, CopyFolder.Own);
        using var taken = Take(own);
        var output = new Logs(LogLevel.Information, Json: false, terminal.Traits is { Colours: true, ErrorIsTerminal: true });
        using var logs = LoggerFactory.Create(logging => output.AddTo(logging, TimeProvider.System));
        var names = new SystemNames(terminal.Time);
        using var http = new HttpMessageInvoker(
            OutboundHttp.Handler(new Egress(names.Rules(MirrorCommand.Anywhere), names.Files, new SystemRandomness(), terminal.Time)));
        var disk = new SystemDisk();
        var mirror = new Mirror(
            http, publisher, key, new(disk, Path.Combine(own, CopyFile.FileName), key), new(disk, Path.Combine(own, BulletinBoard.FileName), terminal.Time),
            new SelfLog(terminal.Time), terminal.Time, logs.CreateLogger<Mirror>());
        mirror.Restore();
        var files = new CopyFolder(new SystemDisk(forEverybody: true), folder);
        try
        {
            await FollowAsync(mirror, files, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // This is how it ends.
        }

        return Exit.Done;
    }

    /// <summary>Two that write one folder would remove each other's pages.</summary>
    private static FolderLock Take(string own)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        Directory.CreateDirectory(own, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            return FolderLock.Take(own);
        }
        catch (FolderInUseException)
        {
            throw new CommandFault($"{Path.GetDirectoryName(own)} is being kept up to date already.", "Give each copy a folder of its own.");
        }
    }

    private async Task FollowAsync(Mirror mirror, CopyFolder files, CancellationToken stopping)
    {
        var (shown, complaint, isReady) = (Edition.None, (string?)null, false);
        var began = terminal.Time.GetTimestamp();
        while (true)
        {
            await mirror.FollowOnceAsync(stopping);

            // After a start nothing has been heard yet; that is no silence, and the files of before say of what moment they are.
            var isEarly = mirror.IsSilent && terminal.Time.GetElapsedTime(began) < Mirror.SilentAfter;
            if (mirror.IsServing && !isEarly && !ReferenceEquals(mirror.Edition, shown))
            {
                try
                {
                    var edition = mirror.Edition;
                    var change = files.Become([.. EditionCopy.Of(edition, mirror.PublishedAt!.Value)]);
                    (shown, complaint) = (edition, null);
                    if (!isReady)
                    {
                        isReady = true;
                        terminal.Line($"{folder} holds {publisher}: {SettingsFile.Count(edition.Front.Count + edition.Archive.Count, "page")}, {change.Written} written; begin at index.html.");
                    }
                }
                catch (IOException fault)
                {
                    // Each file is whole, of this edition or of the one before; the next round goes on.
                    if (fault.Message != complaint)
                    {
                        complaint = fault.Message;
                        await terminal.Error.WriteLineAsync($"The copy could not be renewed: {complaint}");
                    }
                }
            }

            await Task.Delay(Every, terminal.Time, stopping);
        }
    }
}
