using System.Buffers.Text;
using System.CommandLine;
using Candor.Effects;
using Candor.Mirrors;
using Candor.State;

namespace Candor.Commands;

/// <summary><c>candor mirror emergency</c> and <c>candor mirror post</c>: the voice that is left when the publisher is gone.</summary>
internal static class MirrorPosts
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(30);

    public static CandorCommand Emergency(Terminal terminal, IDisk disk)
    {
        var data = CommonOptions.Data();
        var output = new Option<string>("--out")
        {
            Description = "Where the private key goes: a stick, a phone, a safe. Not this machine.", HelpName = "file", Required = true,
        };
        var command = new CandorCommand("emergency", "Make a key to post on mirrors with when this machine is gone.")
        {
            Options = { output, data },
            Examples = [("candor mirror emergency --out /media/stick/emergency.key", "mirrors learn of it with the next edition")],
        };
        command.SetAction(parsed =>
        {
            var (file, folder) = (Path.GetFullPath(parsed.GetValue(output)!), parsed.GetValue(data)!);
            if (!Directory.Exists(folder))
            {
                throw new CommandFault($"There is no data folder {folder}.", "Name it with --data; `candor serve` makes it.");
            }

            if (disk.Stat(file) is not null)
            {
                throw new CommandFault($"{file} is there already, and a key is not written over.", "Name another file, or remove that one if nobody needs it.");
            }

            LibC.KeepFilesPrivate();
            using var key = SigningKey.Make(disk, file);
            var named = Path.Combine(folder, PinnedKey.EmergencyFile);
            disk.Replace(named, System.Text.Encoding.ASCII.GetBytes(key.Public.ToString() + "\n"));

            // It is public, and may have been made by somebody else than who runs `candor serve`.
            File.SetUnixFileMode(named, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            terminal.Line($"{file}: keep it where this machine is not. A key from before is not believed any more.");
            terminal.Line($"When this machine is gone: candor mirror post --to MIRROR --key-file {file}");
            return Exit.Done;
        });
        return command;
    }

    public static CandorCommand Post(Terminal terminal, IDisk disk, IRandomness randomness)
    {
        var to = new Option<string[]>("--to") { Description = "A mirror's address; once for each mirror.", HelpName = "url", Required = true };
        var file = new Option<string>("--key-file") { Description = "The private key that `candor mirror emergency` wrote.", HelpName = "file", Required = true };
        var title = new Option<string>("--title") { Description = "What it is about, in a few words.", HelpName = "text", Required = true };
        var body = new Option<string>("--body") { Description = "What readers should know.", HelpName = "text", Required = true };
        var status = new Option<IncidentStatus>("--status") { Description = "investigating, identified, monitoring or resolved.", HelpName = "status" };
        var tell = MirrorTells.ContactsKeyOption("--tell", "Tell people by mail too, by the first of these mirrors that can: the file that `candor mirror contacts` wrote.");
        var (home, old) = (MirrorTells.HomeOption(), MirrorTells.OldOption());
        var about = new Option<string?>("--about") { Description = "The id of an earlier bulletin that this one goes on from.", HelpName = "id" };
        var command = new CandorCommand("post", "Say something on a mirror while the publisher is gone; it goes into its journal when it is back.")
        {
            Options = { to, file, title, body, status, about, tell, home, old },
            Examples =
            [
                ("candor mirror post --to https://status.example.net --key-file emergency.key --title \"Everything is down\" --body \"We lost our account and are on it.\"", "on every page of the mirror at once"),
                ("candor mirror post --to https://status.example.net --to https://status.example.org …", "on two mirrors; it becomes one incident when the publisher is back"),
                ("candor mirror post … --tell contacts.key", "and by mail to everybody who asked to be told, by the mirror's own mail account"),
                ("candor mirror post … --about 4f8k2n6p9q1s --status resolved --title \"Everything is down\" --body \"We are back.\"", "goes on from it"),
            ],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var mirrors = parsed.GetValue(to)!.Select(static one => MirrorCommand.AddressOf(one, "--to")).ToList();
            using var key = KeyIn(disk, parsed.GetValue(file)!);
            var id = randomness.NextId();
            var bulletin = new Bulletin(
                id, parsed.GetValue(about) ?? id, terminal.Time.GetUtcNow(), parsed.GetValue(status), parsed.GetValue(title)!, parsed.GetValue(body)!);

            // Pasted from a chat or a terminal, and nobody sees it to take it out. What says nothing is refused as it is.
            var clean = bulletin.Cleaned();
            bulletin = string.IsNullOrWhiteSpace(bulletin.Title) || string.IsNullOrWhiteSpace(bulletin.Body) ? bulletin : clean;
            var signed = bulletin.Write();
            if (Bulletin.Read(key.Public, signed, key.Sign(Purpose.Bulletin, signed), bulletin.At, Bulletin.ShownFor, Bulletin.AheadMax).Refusal is { } no)
            {
                throw new CommandFault(no, "candor mirror post --help shows how one is written.", Exit.WrongUsage);
            }

            var signature = key.Sign(Purpose.Bulletin, signed);
            using var contacts = MirrorTells.KeyIn(disk, parsed.GetValue(tell), "--tell");
            var (refused, taken) = (new List<string>(), new List<Uri>());
            foreach (var mirror in mirrors)
            {
                if (await SendAsync(terminal, mirror, signed, signature, stopping) is { } refusal)
                {
                    refused.Add($"{mirror} did not take it. {refusal}");
                }
                else
                {
                    terminal.Line($"Said on {mirror}, for a day.");
                    taken.Add(mirror);
                }
            }

            if (taken.Count > 0)
            {
                terminal.Line($"Go on from it with --about {bulletin.Incident}");
            }

            var fault = refused.Count == 0 ? null : new CommandFault(string.Join(' ', refused), taken.Count == 0
                ? "Nothing was said; what is named above has to be mended first."
                : $"The others have it. Once that is mended, say it there with --about {bulletin.Incident}: it goes on in the same incident.");
            if (contacts is not null && taken.Count > 0)
            {
                // Telling may take an hour, and readers of the others see nothing meanwhile.
                refused.ForEach(terminal.Error.WriteLine);
                try
                {
                    await new MirrorTells(terminal, key, contacts, MirrorTells.HomeIn(parsed.GetValue(home)), parsed.GetValue(old)).TellAsync(taken, id, stopping);
                }
                catch (CommandFault untold) when (fault is not null)
                {
                    throw new CommandFault($"{untold.Message} {fault.Message}", $"{untold.Next} {fault.Next}");
                }
            }

            return fault is null ? Exit.Done : throw fault;
        });
        return command;
    }

    internal static SigningKey KeyIn(IDisk disk, string file)
    {
        try
        {
            return SigningKey.Read(disk, file) ?? throw new CommandFault($"--key-file: there is no {file}.", "`candor mirror emergency` makes one on the publisher's machine.", Exit.WrongUsage);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw new CommandFault($"--key-file: {fault.Message}", "Name the file that `candor mirror emergency` wrote.", Exit.WrongUsage);
        }
    }

    private static async Task<string?> SendAsync(Terminal terminal, Uri mirror, byte[] signed, byte[] signature, CancellationToken stopping)
    {
        var names = new SystemNames(terminal.Time);
        using var http = OutboundHttp.Client(
            new Egress(names.Rules(MirrorCommand.Anywhere), names.Files, new SystemRandomness(), terminal.Time), AnswersWithin);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(mirror, MirrorEndpoints.Bulletins)) { Content = new ByteArrayContent(signed) };
        request.Headers.Add(MirrorEndpoints.Signature, Base64Url.EncodeToString(signature));
        try
        {
            using var answer = await http.SendAsync(request, stopping);
            return answer.IsSuccessStatusCode ? null : $"It answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stopping)}";
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested && fault is HttpRequestException or OperationCanceledException or EgressForbiddenException)
        {
            return fault is OperationCanceledException ? $"It did not answer within {AnswersWithin.TotalSeconds:0} s." : fault.Message;
        }
    }
}
