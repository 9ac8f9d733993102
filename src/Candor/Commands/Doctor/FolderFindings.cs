using System.Globalization;

namespace Candor.Commands.Doctor;

/// <summary>The data folder and the settings file: there, ours, private, with room to write.</summary>
internal static class FolderFindings
{
    private const long EnoughBytes = 1L << 30;
    private const long LittleBytes = 64L << 20;

    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static IEnumerable<Finding> Of(string data, string config)
    {
        yield return Folder(data);
        yield return Space(data);
        yield return Settings(config);
    }

    private static Finding Folder(string data)
    {
        var path = Path.GetFullPath(data);
        if (!Directory.Exists(path))
        {
            return File.Exists(path)
                ? Finding.Bad("data folder", $"{path} is a file", "Choose another folder with --data.")
                : Finding.Good("data folder", $"{path} does not exist yet; `candor serve` makes it");
        }

        if (!MayWrite(path))
        {
            return Finding.Bad(
                "data folder", $"{path} cannot be written by this user", $"chown the folder to the user that runs Candor: chown -R \"$USER\" {path}");
        }

        return (File.GetUnixFileMode(path) & OfOthers) == UnixFileMode.None
            ? Finding.Good("data folder", $"{path}, for its owner alone")
            : Finding.Warn("data folder", $"{path} is open to other users of this machine", $"chmod 700 {path}");
    }

    private static bool MayWrite(string folder)
    {
        var trial = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(trial, [1]);
            File.Delete(trial);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static Finding Space(string data)
    {
        var existing = Path.GetFullPath(data);
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        var volume = new DriveInfo(existing);
        var free = volume.AvailableFreeSpace;
        var found = string.Create(
            CultureInfo.InvariantCulture, $"{free / 1e9:F1} GB free on {volume.DriveFormat} ({volume.Name})");
        return free switch
        {
            < LittleBytes => Finding.Bad("free disk", found, "Make room: below 64 MB only people's updates are accepted."),
            < EnoughBytes => Finding.Warn("free disk", found, "Make room; a year of 100 monitors takes about 1 GB."),
            _ => Finding.Good("free disk", found),
        };
    }

    private static Finding Settings(string config)
    {
        var path = Path.GetFullPath(config);
        if (!File.Exists(path))
        {
            return Finding.Good("settings", $"no {path}; Candor then watches itself and explains the first steps");
        }

        var mode = File.GetUnixFileMode(path);
        return (mode & (UnixFileMode.OtherWrite | UnixFileMode.GroupWrite)) == UnixFileMode.None
            ? Finding.Good("settings", path)
            : Finding.Warn("settings", $"{path} can be changed by other users of this machine", $"chmod go-w {path}");
    }
}
