using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Candor.Agents;
using Candor.Commands.Posts;
using Candor.Effects;

namespace Candor.Commands;

/// <summary><c>candor place</c>: from where a running server looks, and which agents it lets in.</summary>
internal static class PlaceCommand
{
    public static Command Create(Terminal terminal, IDisk disk, IRandomness randomness, Func<string, string?> variables)
    {
        var command = new CandorCommand("place", "Let agents in, put them out, and see what each place sees.")
        {
            Examples =
            [
                ("candor place add eu", "prints a code that is good for one agent and 10 minutes"),
                ("candor place list", "every place, and how it is"),
                ("candor place revoke eu", "puts its agent out, at once"),
            ],
        };
        command.Subcommands.Add(Add(terminal, randomness, new(disk, variables)));
        command.Subcommands.Add(List(terminal, new(disk, variables)));
        command.Subcommands.Add(Revoke(terminal, randomness, new(disk, variables)));
        return command;
    }

    private static CandorCommand Add(Terminal terminal, IRandomness randomness, PostAccess access)
    {
        var name = new Argument<string>("name") { Description = "The place, as candor.yaml names it under from: or vantage.places." };
        var privateToo = new Option<bool>("--private") { Description = "It may look into the networks of egress.allow; otherwise only at what is public." };
        var monitors = new Option<string[]>("--monitor") { Description = "Only this monitor; may be given several times. Otherwise all that are to be looked at from there.", HelpName = "id", AllowMultipleArgumentsPerToken = true };
        var json = CommonOptions.Json();
        var command = With(
            new("add", "Make a code with which one agent comes in as this place.")
            {
                Arguments = { name },
                Options = { privateToo, monitors, json },
                Examples = [("candor place add office --private --monitor mail --monitor intranet", "an agent inside, for two monitors")],
            },
            access);
        command.SetAction(async (parsed, stopping) =>
        {
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            var body = new PlaceBody { Name = parsed.GetValue(name), PrivateNetworks = parsed.GetValue(privateToo), Monitors = parsed.GetValue(monitors) ?? [] };
            var answer = await server.PostAsync("/api/places", body, PlaceJson.Default.PlaceBody, randomness.NextId(), stopping);
            var made = JsonSerializer.Deserialize(answer, PlaceJson.Default.PlaceCodeView)!;
            terminal.Line(parsed.GetValue(json) ? JsonSerializer.Serialize(made, PlaceJson.Default.PlaceCodeView) : made.Code);
            return Exit.Done;
        });
        return command;
    }

    private static CandorCommand List(Terminal terminal, PostAccess access)
    {
        var json = CommonOptions.Json();
        var command = With(new("list", "Show every place, whether it sees, and what its agent last said.") { Options = { json } }, access);
        command.SetAction(async (parsed, stopping) =>
        {
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            var list = JsonSerializer.Deserialize(await server.GetAsync("/api/places", stopping), PlaceJson.Default.PlaceList)!;
            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(list, PlaceJson.Default.PlaceList));
                return Exit.Done;
            }

            foreach (var place in list.Places)
            {
                terminal.Line($"{place.Name,-16} {place.Status,-8} {place.Agent,-9} {Line(place)}");
            }

            return Exit.Done;
        });
        return command;
    }

    private static CandorCommand Revoke(Terminal terminal, IRandomness randomness, PostAccess access)
    {
        var name = new Argument<string>("name") { Description = "The place." };
        var command = With(new("revoke", "Put the agent of a place out. Whatever it asks from now on is refused.") { Arguments = { name } }, access);
        command.SetAction(async (parsed, stopping) =>
        {
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            var place = parsed.GetValue(name)!;
            await server.PostAsync($"/api/places/{Uri.EscapeDataString(place)}/revoke", new(), PlaceJson.Default.PlaceBody, randomness.NextId(), stopping);
            terminal.Line($"The agent of {place} is put out.");
            return Exit.Done;
        });
        return command;
    }

    private static string Line(PlaceRow place)
    {
        var parts = new List<string>();
        if (!place.Configured)
        {
            parts.Add("candor.yaml does not name it, so it does nothing");
        }

        if (place.HeardAt is { } at)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"heard {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, lag {place.LagSeconds ?? 0:0.0} s, skew {place.SkewSeconds ?? 0:0.0} s, version {place.Version}"));
        }

        if (place.Reason.Length > 0)
        {
            parts.Add(place.Reason);
        }

        return string.Join("; ", parts);
    }

    private static CandorCommand With(CandorCommand command, PostAccess access)
    {
        foreach (var option in access.Options)
        {
            command.Options.Add(option);
        }

        return command;
    }
}
