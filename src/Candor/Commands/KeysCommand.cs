using System.CommandLine;
using Candor.Access;
using Candor.Access.Secrets;
using Candor.Effects;
using Candor.Journal;

namespace Candor.Commands;

/// <summary><c>candor keys rotate</c>: seals every secret at rest with a new key, and forgets the old one.</summary>
internal static class KeysCommand
{
    private const string Instead = "Stop the server, rotate, start it again; readers keep the page from their caches meanwhile.";

    public static Command Create(Terminal terminal, IDisk disk, IRandomness randomness, Func<string, string?> variables)
    {
        var data = CommonOptions.Data();
        var rotate = new CandorCommand("rotate", "Seal every secret with a new key; without a server working in the folder.")
        {
            Options = { data },
            Examples = [("candor keys rotate", "a new key in ./data/master.key, every secret sealed with it, the old one gone")],
        };
        rotate.SetAction(async (parsed, stopping) =>
        {
            var folder = parsed.GetValue(data)!;
            var path = Path.Combine(folder, MasterKeys.FileName);
            var given = variables(MasterKeys.Variable);
            using var taken = OfflineFolder.Take(folder, "its secrets cannot be sealed anew from here", Instead);
            var keys = MasterKeys.Load(disk, path, given, randomness);
            var inFile = given is not { Length: > 0 };
            if (inFile)
            {
                // Both keys are on disk before anything is sealed with the new one, and the old one until everything is.
                keys = keys.WithNew(randomness);
                keys.Save(disk, path);
            }

            var count = 0;
            await OfflinePeople.CommitTakenAsync(folder, roster => Resealed(roster, new SecretBox(keys, randomness), out count), stopping);
            count += await OfflineContacts.RenewAsync(folder, keys, randomness, stopping);
            if (inFile)
            {
                keys.OnlyCurrent().Save(disk, path);
            }

            terminal.Line($"{count} sealed with key {keys.Current.Id}.");
            if (!inFile)
            {
                terminal.Line($"Keys behind the first in {MasterKeys.Variable} are not needed any more.");
            }

            return Exit.Done;
        });
        var command = new CandorCommand("keys", "Look after the key that seals secrets at rest.");
        command.Subcommands.Add(rotate);
        return command;
    }

    private static Decision<RosterChange> Resealed(Roster roster, SecretBox box, out int count)
    {
        var changes = new List<RosterChange>();
        foreach (var person in roster.People.Values.Where(static person => person.Totp is not null))
        {
            if (box.Open("totp", person.Id.Value, person.Totp!.Sealed) is not { } secret)
            {
                count = 0;
                return new Refusal("keys.missing", $"The second factor of {person.Id} was sealed with key {person.Totp.Sealed.Key}, which is not here.");
            }

            var renewed = box.Seal("totp", person.Id.Value, person.Totp.Sealed.Version + 1, secret);
            changes.Add(RosterChange.Put(person with { Totp = person.Totp with { Sealed = renewed } }));
        }

        count = changes.Count;
        return changes.ToArray();
    }
}
