using Candor.Effects;

namespace Candor.Commands;

/// <summary>A data folder that a command works in while no server does.</summary>
internal static class OfflineFolder
{
    /// <summary>Takes it, or ends the command with what cannot be done there and what to do instead.</summary>
    public static FolderLock Take(string folder, string cannot, string instead)
    {
        // What is kept here is for its owner alone, whoever makes the folder first.
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            return FolderLock.Take(folder);
        }
        catch (FolderInUseException)
        {
            throw new CommandFault($"A server is working in {folder}, so {cannot}; nothing was changed.", instead);
        }
    }
}
