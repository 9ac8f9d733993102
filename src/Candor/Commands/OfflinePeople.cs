using Candor.Access;
using Candor.Access.Sqlite;
using Candor.Effects;
using Candor.Journal;

namespace Candor.Commands;

/// <summary>The list of people of a data folder for a command, while no server works there.</summary>
internal static class OfflinePeople
{
    /// <summary>
    /// Takes the folder, decides against who is in it, and stores. Ends the command where a server holds it: that one
    /// decides by what it has in memory.
    /// </summary>
    public static async Task CommitAsync(string folder, Func<Roster, Decision<RosterChange>> decide, string instead, CancellationToken cancellation)
    {
        using var taken = OfflineFolder.Take(folder, "its list of people cannot be changed from here", instead);
        await CommitTakenAsync(folder, decide, cancellation);
    }

    /// <summary>The same in a folder that the command holds already.</summary>
    public static async Task CommitTakenAsync(string folder, Func<Roster, Decision<RosterChange>> decide, CancellationToken cancellation)
    {
        await using var register = await OpenAsync(folder, cancellation);
        if (await register.CommitAsync(decide, cancellation) is { } refusal)
        {
            throw new CommandFault(refusal.Sentence, "Nothing was changed.");
        }
    }

    /// <summary>Who is there, as far as the folder has it. Empty where nobody ever was.</summary>
    public static async Task<Roster> ReadAsync(string folder, string instead, CancellationToken cancellation)
    {
        if (!File.Exists(FileIn(folder)))
        {
            return Roster.Empty;
        }

        using var taken = OfflineFolder.Take(folder, "its list of people cannot be read from here", instead);
        await using var register = await OpenAsync(folder, cancellation);
        return register.Roster;
    }

    private static string FileIn(string folder) => Path.Combine(folder, SqlitePeopleStore.FileName);

    private static async Task<Register> OpenAsync(string folder, CancellationToken cancellation)
    {
        var store = await SqlitePeopleStore.OpenAsync(FileIn(folder), cancellation);
        try
        {
            return await Register.OpenAsync(store, cancellation);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}
