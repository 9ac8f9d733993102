using System.CommandLine;
using System.Text.Json;
using Candor.Access;
using Candor.Effects;

namespace Candor.Commands;

/// <summary><c>candor people</c>: who may sign in, and the way back in for whoever lost every way they had.</summary>
internal static class PeopleCommand
{
    private const string Instead =
        "Sign in on the operators' address and use its page “People”, or stop the server for a moment.";

    public static Command Create(Terminal terminal, IRandomness randomness)
    {
        var command = new CandorCommand("people", "Show, invite and remove people, at the console.")
        {
            Examples =
            [
                ("candor people list", "everybody who may sign in"),
                ("candor people invite --name Ada --email ada@example.com --role owner", "prints the path of an invitation, once"),
            ],
        };
        command.Subcommands.Add(List(terminal));
        command.Subcommands.Add(Invite(terminal, randomness));
        command.Subcommands.Add(Remove(terminal));
        return command;
    }

    private static CandorCommand List(Terminal terminal)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new CandorCommand("list", "Show everybody who may sign in.") { Options = { data, json } };
        command.SetAction(async (parsed, stopping) =>
        {
            var roster = await OfflinePeople.ReadAsync(parsed.GetValue(data)!, Instead, stopping);
            IReadOnlyList<PersonLine> lines = [.. roster.People.Values.OrderBy(static person => person.Since).Select(PersonLine.Of)];
            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(lines, CommandJson.Readable.IReadOnlyListPersonLine));
                return Exit.Done;
            }

            foreach (var line in lines)
            {
                terminal.Line($"{line.Id}  {line.Role,-9}  {(line.CanSignIn ? "can sign in" : "has no way in")}  {line.Name} <{line.Email}>");
            }

            if (lines.Count == 0)
            {
                terminal.Line("There is nobody. `candor serve` prints a set-up code for the first owner.");
            }

            return Exit.Done;
        });
        return command;
    }

    private static CandorCommand Invite(Terminal terminal, IRandomness randomness)
    {
        var data = CommonOptions.Data();
        var name = new Option<string>("--name") { Description = "Who it is.", HelpName = "name", Required = true };
        var email = new Option<string>("--email") { Description = "What they will sign in with.", HelpName = "address", Required = true };
        var role = new Option<string>("--role") { Description = "viewer, responder, editor or owner.", Required = true };
        role.AcceptOnlyFromAmong("viewer", "responder", "editor", "owner");
        var command = new CandorCommand("invite", "Make an invitation and print its path, once; good for three days.")
        {
            Options = { name, email, role, data },
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var (secret, now) = (Hashes.NewSecret(randomness), terminal.Time.GetUtcNow());
            var invitation = new Invitation(
                Hashes.Of(secret), parsed.GetValue(name)!.Trim(), People.Email(parsed.GetValue(email)!) ?? "",
                Enum.Parse<Role>(parsed.GetValue(role)!, ignoreCase: true), By: null, now + Invitation.Lasts);
            await OfflinePeople.CommitAsync(parsed.GetValue(data)!, roster => People.Invite(roster, invitation, now), Instead, stopping);
            terminal.Line($"/invitation/{secret}");
            return Exit.Done;
        });
        return command;
    }

    private static CandorCommand Remove(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var id = new Argument<string>("id") { Description = "The person's id, as `candor people list` shows it." };
        var command = new CandorCommand("remove", "Remove a person with their sessions and tokens.") { Arguments = { id }, Options = { data } };
        command.SetAction(async (parsed, stopping) =>
        {
            var person = new PersonId(parsed.GetValue(id)!);
            await OfflinePeople.CommitAsync(
                parsed.GetValue(data)!, roster => People.Remove(roster, person, terminal.Time.GetUtcNow(), evenLast: true), Instead, stopping);
            terminal.Line($"{person} is removed.");
            return Exit.Done;
        });
        return command;
    }
}

/// <summary>One person as <c>candor people list</c> shows them.</summary>
internal sealed record PersonLine(string Id, string Name, string Email, string Role, bool CanSignIn, DateTimeOffset Since)
{
    public static PersonLine Of(Person person) => new(
        person.Id.Value, person.Name, person.Email, person.Role.ToString().ToLowerInvariant(), People.CanSignIn(person), person.Since);
}
