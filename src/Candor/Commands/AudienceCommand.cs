using System.CommandLine;
using System.Text.Json;
using Candor.Access;
using Candor.Access.Reading;
using Candor.Effects;
using Candor.Probing;
using Candor.Settings;

namespace Candor.Commands;

/// <summary><c>candor audience</c>: who reads what is not for everybody, at the console.</summary>
internal static class AudienceCommand
{
    private const string Instead = "Use the page “Readers” on the operators' address, or stop the server for a moment.";

    public static Command Create(Terminal terminal, IRandomness randomness, IDisk disk)
    {
        var command = new CandorCommand("audience", "Invite, show and remove readers of what is not for everybody, at the console.")
        {
            Examples =
            [
                ("candor audience invite staff", "prints the path of a link that lets in once"),
                ("candor audience invite staff --email ada@example.com", "the same for a member, who chooses a password"),
                ("candor audience remove staff ada@example.com", "takes a member away, with their sessions"),
            ],
        };
        command.Subcommands.Add(Invite(terminal, randomness, disk));
        command.Subcommands.Add(List(terminal));
        command.Subcommands.Add(Remove(terminal));
        return command;
    }

    private static CandorCommand Invite(Terminal terminal, IRandomness randomness, IDisk disk)
    {
        var (config, data, name) = (CommonOptions.Config(), CommonOptions.Data(), Name());
        var email = new Option<string?>("--email") { Description = "Whoever it is becomes a member under this address.", HelpName = "address" };
        var command = new CandorCommand("invite", "Make a link and print its path, once; it lets in once and is good for three days.")
        {
            Arguments = { name }, Options = { email, config, data },
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var audience = Known(disk, parsed.GetValue(config)!, parsed.GetValue(name)!, parsed.GetValue(email) is not null);
            var (secret, now) = (Hashes.NewSecret(randomness), terminal.Time.GetUtcNow());
            var link = new ReaderLink(Hashes.Of(secret), audience, now + ReaderLink.Lasts)
            {
                Email = parsed.GetValue(email) is { } address ? People.Email(address) ?? "" : null,
            };
            await OfflinePeople.CommitAsync(parsed.GetValue(data)!, roster => Readers.Invite(roster, link, now), Instead, stopping);
            terminal.Line($"/enter/{secret}");
            return Exit.Done;
        });
        return command;
    }

    private static CandorCommand List(Terminal terminal)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new CandorCommand("list", "Show the members of every audience, and how many are signed in.") { Options = { data, json } };
        command.SetAction(async (parsed, stopping) =>
        {
            var roster = await OfflinePeople.ReadAsync(parsed.GetValue(data)!, Instead, stopping);
            IReadOnlyList<MemberLine> lines =
            [
                .. roster.Members.Values.OrderBy(static member => member.Key, StringComparer.Ordinal).Select(member => new MemberLine(
                    member.Audience, member.Email, member.Since,
                    roster.ReaderSessions.Values.Count(one => one.Audience == member.Audience && one.Email == member.Email))),
            ];
            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(lines, CommandJson.Readable.IReadOnlyListMemberLine));
                return Exit.Done;
            }

            foreach (var line in lines)
            {
                terminal.Line($"{line.Audience,-16}  {line.Email}  {(line.Sessions == 0 ? "not signed in" : $"signed in ({line.Sessions})")}");
            }

            if (lines.Count == 0)
            {
                terminal.Line("There are no members. `candor audience invite NAME --email ADDRESS` invites one.");
            }

            return Exit.Done;
        });
        return command;
    }

    private static CandorCommand Remove(Terminal terminal)
    {
        var (data, name) = (CommonOptions.Data(), Name());
        var email = new Argument<string>("email") { Description = "The member's address." };
        var command = new CandorCommand("remove", "Remove a member with their sessions and links.") { Arguments = { name, email }, Options = { data } };
        command.SetAction(async (parsed, stopping) =>
        {
            var address = parsed.GetValue(email)!.Trim().ToLowerInvariant();
            await OfflinePeople.CommitAsync(parsed.GetValue(data)!, roster => Readers.Remove(roster, parsed.GetValue(name)!, address), Instead, stopping);
            terminal.Line($"{address} is removed from {parsed.GetValue(name)}.");
            return Exit.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("audience") { Description = "Its name under “audiences” in candor.yaml." };

    /// <summary>A link for an audience that lets nobody in by it would only be found out by whoever was sent it.</summary>
    private static string Known(IDisk disk, string path, string name, bool member)
    {
        var file = SettingsFile.Load(disk, path);
        var answer = new SettingsReader(CheckKinds.All).Read(file);
        if (answer.Declaration is not { } said)
        {
            throw new CommandFault($"{path} has faults, so its audiences cannot be read.", $"`candor check -f {path}` shows all of them.");
        }

        var found = said.Audiences.FirstOrDefault(one => one.Name == name)
            ?? throw new CommandFault($"{path} has no audience “{name}”.", said.Audiences.IsEmpty
                ? "Add “audiences:” with its name below it; docs/settings.md shows how."
                : $"Known are {string.Join(", ", said.Audiences.Select(static one => one.Name))}.");
        var way = member ? "members" : "links";
        return (member ? found.Members : found.Links)
            ? name
            : throw new CommandFault($"“{name}” does not let in {(member ? "members" : "by links")}.", $"Add “{way}: true” to it in {path}.");
    }
}

/// <summary>One member as <c>candor audience list</c> shows them.</summary>
internal sealed record MemberLine(string Audience, string Email, DateTimeOffset Since, int Sessions);
