using System.CommandLine;
using System.Text.Json;
using Candor.Access;
using Candor.Effects;
using Candor.Settings.Forms;

namespace Candor.Commands;

/// <summary><c>candor token</c>: makes, lists and revokes the tokens that programs come in with.</summary>
internal static class TokenCommand
{
    private const string Instead =
        "Sign in on the operators' address and use its page “Tokens”, or stop the server for a moment; the page stays as it is meanwhile.";

    public static Command Create(Terminal terminal, IRandomness randomness)
    {
        var command = new CandorCommand("token", "Make, list and revoke tokens for programs.")
        {
            Examples =
            [
                ("candor token create --name deploy --scope post", "prints the token, once"),
                ("candor token list", "every token, what it may do and until when"),
                ("candor token revoke 4fk2m8x0q1zt", "takes one away"),
            ],
        };
        command.Subcommands.Add(Make(terminal, randomness));
        command.Subcommands.Add(List(terminal));
        command.Subcommands.Add(Revoke(terminal));
        return command;
    }

    private static CandorCommand Make(Terminal terminal, IRandomness randomness)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var name = new Option<string>("--name") { Description = "What it is for.", HelpName = "name", Required = true };
        var scope = new Option<string>("--scope") { Description = "read, post or admin.", Required = true };
        scope.AcceptOnlyFromAmong("read", "post", "admin");
        var expires = new Option<string>("--expires")
        {
            Description = "How long it is good for: 90d, 12h; at most 366d.",
            HelpName = "duration",
            DefaultValueFactory = _ => "90d",
        };
        var address = new Option<bool>("--in-address")
        {
            Description = "May also stand in addresses of /v1 as ?api_key=, for tools that can do nothing better. Whatever keeps addresses then has it.",
        };
        var command = new CandorCommand("create", "Make a token and print it, once: only its hash is kept.")
        {
            Options = { name, scope, expires, address, data, json },
            Examples = [("candor token create --name deploy --scope post --expires 30d", "a token that posts for a month")],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            if (Durations.Read(parsed.GetValue(expires)!, out var lasts) is { } remedy)
            {
                throw new CommandFault($"--expires: “{parsed.GetValue(expires)}” is no duration; {remedy}.", "--expires 90d", Exit.WrongUsage);
            }

            var now = terminal.Time.GetUtcNow();
            var (text, decision) = Tokens.Make(
                parsed.GetValue(name)!, Enum.Parse<TokenScope>(parsed.GetValue(scope)!, ignoreCase: true), lasts, now, randomness,
                inAddress: parsed.GetValue(address));
            await OfflinePeople.CommitAsync(parsed.GetValue(data)!, _ => decision, Instead, stopping);
            var made = new NewToken(text.Id.Value, text.Reveal(), parsed.GetValue(scope)!, now + lasts);
            terminal.Line(parsed.GetValue(json) ? JsonSerializer.Serialize(made, CommandJson.Readable.NewToken) : made.Token);
            return Exit.Done;
        });
        return command;
    }

    private static CandorCommand List(Terminal terminal)
    {
        var (data, json) = (CommonOptions.Data(), CommonOptions.Json());
        var command = new CandorCommand("list", "Show every token, without its secret.") { Options = { data, json } };
        command.SetAction(async (parsed, stopping) =>
        {
            var now = terminal.Time.GetUtcNow();
            var roster = await OfflinePeople.ReadAsync(parsed.GetValue(data)!, Instead, stopping);
            IReadOnlyList<TokenLine> lines = [.. roster.Tokens.Values.OrderBy(static token => token.CreatedAt).Select(token => TokenLine.Of(token, now))];
            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(lines, CommandJson.Readable.IReadOnlyListTokenLine));
                return Exit.Done;
            }

            foreach (var line in lines)
            {
                terminal.Line($"{line.Id}  {line.Scope,-5}  {line.State,-8}  until {line.ExpiresAt:yyyy-MM-dd}  {line.Name}");
            }

            if (lines.Count == 0)
            {
                terminal.Line("There are no tokens. `candor token create --name deploy --scope post` makes one.");
            }

            return Exit.Done;
        });
        return command;
    }

    private static CandorCommand Revoke(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var id = new Argument<string>("id") { Description = "The token's id, the third part of it." };
        var command = new CandorCommand("revoke", "Take a token away, for good.") { Arguments = { id }, Options = { data } };
        command.SetAction(async (parsed, stopping) =>
        {
            var token = new TokenId(parsed.GetValue(id)!);
            await OfflinePeople.CommitAsync(
                parsed.GetValue(data)!, roster => Tokens.Revoke(roster, token, "at the console", terminal.Time.GetUtcNow()), Instead, stopping);
            terminal.Line($"Token {token} is revoked.");
            return Exit.Done;
        });
        return command;
    }
}

/// <summary>What <c>candor token create --json</c> prints.</summary>
internal sealed record NewToken(string Id, string Token, string Scope, DateTimeOffset ExpiresAt);

/// <summary>One token as <c>candor token list</c> shows it.</summary>
/// <param name="State">good, expired or revoked.</param>
internal sealed record TokenLine(
    string Id, string Name, string Scope, string State, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public static TokenLine Of(ApiToken token, DateTimeOffset now) => new(
        token.Id.Value,
        token.Name,
        token.Scope.ToString().ToLowerInvariant(),
        token.RevokedAt is not null ? "revoked" : token.IsGood(now) ? "good" : "expired",
        token.CreatedAt,
        token.ExpiresAt,
        token.LastUsedAt);
}
