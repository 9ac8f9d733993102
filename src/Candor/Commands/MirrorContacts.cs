using System.CommandLine;
using System.Text;
using Candor.Access;
using Candor.Effects;
using Candor.Mirrors;
using Candor.Mirrors.Telling;

namespace Candor.Commands;

/// <summary><c>candor mirror contacts</c>: lets mirrors keep contacts that they cannot open, or takes them away again.</summary>
internal static class MirrorContacts
{
    public static CandorCommand Create(Terminal terminal, IDisk disk, IRandomness randomness)
    {
        var data = CommonOptions.Data();
        var output = new Option<string?>("--out") { Description = "Where the private key goes that opens them: a stick, a phone, a safe. Not this machine, and not a mirror.", HelpName = "file" };
        var off = new Option<bool>("--off") { Description = "Let mirrors keep none any more; they forget theirs within minutes." };
        var command = new CandorCommand("contacts", "Let mirrors keep sealed contacts, so that people can be told by mail when this machine is gone.")
        {
            Options = { output, off, data },
            Examples =
            [
                ("candor mirror contacts --out /media/stick/contacts.key", "makes the key that opens them, and the token for the mirrors"),
                ("candor mirror contacts --off", "mirrors forget theirs within minutes"),
            ],
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(data)!;
            if (!Directory.Exists(folder))
            {
                throw new CommandFault($"There is no data folder {folder}.", "Name it with --data; `candor serve` makes it.");
            }

            LibC.KeepFilesPrivate();
            if (parsed.GetValue(off))
            {
                disk.Delete(Path.Combine(folder, ContactsKey.PublicFile));
                terminal.Line("Mirrors forget their contacts within minutes. The token stays, so that they hear of it.");
                return Exit.Done;
            }

            Make(terminal, disk, randomness, folder, Path.GetFullPath(parsed.GetValue(output) ?? throw new CommandFault("It is not said where the key goes.", "--out /media/stick/contacts.key, or --off to end it.", Exit.WrongUsage)));
            return Exit.Done;
        });
        return command;
    }

    private static void Make(Terminal terminal, IDisk disk, IRandomness randomness, string folder, string file)
    {
        if (disk.Stat(file) is not null)
        {
            throw new CommandFault($"{file} is there already, and a key is not written over.", "Name another file, or remove that one if nobody needs it.");
        }

        using var publisher = MirrorCommand.Made(terminal, disk, folder);
        using var key = ContactsKey.Make(disk, file, publisher.Public);
        var (named, tokenFile) = (Path.Combine(folder, ContactsKey.PublicFile), Path.Combine(folder, ContactsGrant.TokenFile));
        if (disk.Stat(tokenFile) is null)
        {
            disk.Replace(tokenFile, Encoding.ASCII.GetBytes(Hashes.NewSecret(randomness) + "\n"));
            MirrorCommand.Give(terminal, folder, tokenFile);
        }

        disk.Replace(named, Encoding.ASCII.GetBytes(key.Public.ToString() + "\n"));

        // It is public, and may have been made by somebody else than who runs `candor serve`.
        File.SetUnixFileMode(named, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        terminal.Line($"{file}: keep it where neither this machine nor a mirror is. A key from before opens only what was sealed before.");
        terminal.Line($"{tokenFile}: the token for the mirrors. Whoever has it gets the sealed contacts and cannot open them.");
        terminal.Line($"Elsewhere, with that token in CONTACTS: candor mirror --of PAGE --key {publisher.Public} --contacts '$CONTACTS' --mail 'smtp://USER:$PASSWORD@SERVER' --mail-from ADDRESS --home MIRROR");
    }
}
