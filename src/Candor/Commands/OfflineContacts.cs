using Candor.Access.Secrets;
using Candor.Effects;
using Candor.Notices.Subscribers;
using Candor.Notices.Subscribers.Sqlite;

namespace Candor.Commands;

/// <summary>The addresses of a data folder for a command, while no server works there.</summary>
internal static class OfflineContacts
{
    /// <summary>
    /// Seals every address, every blocked one and every key that is kept beside them with the current key; answers with how many.
    /// Ends the command where an older key is still needed for some of them.
    /// </summary>
    public static async Task<int> RenewAsync(string folder, MasterKeys keys, IRandomness randomness, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, SqliteContactStore.FileName);
        if (!File.Exists(path))
        {
            return 0;
        }

        await using var book = await ContactBook.OpenAsync(
            await SqliteContactStore.OpenAsync(path, cancellation), new(new SecretBox(keys, randomness), randomness), cancellation);
        if (book.Shut > 0)
        {
            throw new CommandFault(
                $"{book.Shut} addresses in {SqliteContactStore.FileName} were sealed with a key that is not here.",
                "The keys that are here are all kept. Put the one that is missing into master.key, on a line of its own, and rotate again.");
        }

        return book.LeftAsTheyWere == 0 ? book.Renewed : throw new CommandFault(
            $"{book.LeftAsTheyWere} addresses in {SqliteContactStore.FileName} belong to a channel that this version of Candor does not know.",
            "The keys that are here are all kept. Rotate with the version that entered them.");
    }
}
