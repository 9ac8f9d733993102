using System.CommandLine;
using System.Text;
using System.Text.Json;
using Candor.Commands.Posts;
using Candor.Effects;
using Candor.Intake.Posting;

namespace Candor.Commands;

/// <summary><c>candor post</c>: the page from a shell, at three in the morning.</summary>
internal static class PostCommand
{
    private const string ResolvedBody = "This incident has been resolved.";

    public static Command Create(Terminal terminal, IDisk disk, IRandomness randomness, Func<string, string?> variables)
    {
        var command = new CandorCommand("post", "Say what is going on: open, update and resolve incidents, announce maintenance.")
        {
            Examples =
            [
                ("candor post incident --title \"Homepage is down\" --body \"We are looking.\" --component \"Homepage=major_outage\"", "opens one"),
                ("candor post update --body \"A disk is full.\" --status identified --next-update 30m", "in the incident that is open"),
                ("candor post resolve --component \"Homepage=operational\"", "ends it"),
            ],
        };
        command.Subcommands.Add(Incident(terminal, new(disk, variables), randomness));
        command.Subcommands.Add(Update(terminal, new(disk, variables), randomness));
        command.Subcommands.Add(Resolve(terminal, new(disk, variables), randomness));
        command.Subcommands.Add(Maintenance(terminal, new(disk, variables), randomness));
        return command;
    }

    private static CandorCommand Incident(Terminal terminal, PostAccess access, IRandomness randomness)
    {
        var (text, json, title) = (new PostText(), CommonOptions.Json(), Title());
        var impact = new Option<string?>("--impact") { Description = "none, minor, major or critical; otherwise the components say.", HelpName = "impact" };
        var started = new Option<string?>("--started") { Description = "When the trouble began: 2026-11-26T14:05Z.", HelpName = "time" };
        var command = With(
            new("incident", "Open an incident.")
            {
                Options = { title, text.Body, text.Status, text.Components, text.NextUpdate, impact, started, text.Attach, text.Alt, text.Quiet, text.Key, json },
                Examples = [("candor post incident", "asks for title and body")],
            },
            access);
        command.SetAction(async (parsed, stopping) =>
        {
            var body = new IncidentBody
            {
                Title = PostText.Needed(terminal, parsed, title, "Title"),
                Body = PostText.Needed(terminal, parsed, text.Body, "What readers should know"),
                Status = parsed.GetValue(text.Status),
                Components = PostText.ComponentsOf(parsed.GetValue(text.Components)),
                Impact = parsed.GetValue(impact),
                StartedAt = parsed.GetValue(started),
                NextUpdateInSeconds = text.NextUpdateOf(parsed),
                DeliverNotifications = text.DeliverOf(parsed),
            };
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            var key = text.KeyOf(parsed, randomness);
            body = body with { Files = await new PostFiles(access.Disk, terminal).SendAsync(text, parsed, server, key, stopping) };
            return Tell(terminal, parsed.GetValue(json), await server.PostAsync("/api/incidents", body, PostJson.Default.IncidentBody, key, stopping));
        });
        return command;
    }

    private static CandorCommand Update(Terminal terminal, PostAccess access, IRandomness randomness)
    {
        var (text, json, id) = (new PostText(), CommonOptions.Json(), Id());
        var command = With(
            new("update", "Say something in an incident.")
            {
                Arguments = { id },
                Options = { text.Body, text.Status, text.Components, text.NextUpdate, text.Attach, text.Alt, text.Quiet, text.Key, json },
                Examples =
                [
                    ("candor post update 4fk2m8x0q1zt --body \"Still looking.\" --next-update 30m", "in a certain one, and a promise"),
                    ("candor post update --body \"It shrinks.\" --attach queue.png --alt \"The queue since nine\"", "with a picture"),
                ],
            },
            access);
        command.SetAction(async (parsed, stopping) =>
        {
            var body = new UpdateBody
            {
                Body = PostText.Needed(terminal, parsed, text.Body, "What readers should know"),
                Status = parsed.GetValue(text.Status),
                Components = PostText.ComponentsOf(parsed.GetValue(text.Components)),
                NextUpdateInSeconds = text.NextUpdateOf(parsed),
                DeliverNotifications = text.DeliverOf(parsed),
            };
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            var incident = parsed.GetValue(id) ?? await OpenOneAsync(server, stopping);
            var key = text.KeyOf(parsed, randomness);
            body = body with { Files = await new PostFiles(access.Disk, terminal).SendAsync(text, parsed, server, key, stopping) };
            return Tell(terminal, parsed.GetValue(json), await server.PostAsync(
                $"/api/incidents/{Uri.EscapeDataString(incident)}/updates", body, PostJson.Default.UpdateBody, key, stopping));
        });
        return command;
    }

    private static CandorCommand Resolve(Terminal terminal, PostAccess access, IRandomness randomness)
    {
        var (text, json, id) = (new PostText(), CommonOptions.Json(), Id());
        var command = With(
            new("resolve", "End an incident.")
            {
                Arguments = { id },
                Options = { text.Body, text.Components, text.Attach, text.Alt, text.Quiet, text.Key, json },
                Examples = [("candor post resolve --component \"Homepage=operational\"", "a component that nothing measures is well when you say so")],
            },
            access);
        command.SetAction(async (parsed, stopping) =>
        {
            var body = new UpdateBody
            {
                Body = parsed.GetValue(text.Body) ?? ResolvedBody,
                Components = PostText.ComponentsOf(parsed.GetValue(text.Components)),
                DeliverNotifications = text.DeliverOf(parsed),
            };
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            var incident = parsed.GetValue(id) ?? await OpenOneAsync(server, stopping);
            var key = text.KeyOf(parsed, randomness);
            body = body with { Files = await new PostFiles(access.Disk, terminal).SendAsync(text, parsed, server, key, stopping) };
            return Tell(terminal, parsed.GetValue(json), await server.PostAsync(
                $"/api/incidents/{Uri.EscapeDataString(incident)}/resolve", body, PostJson.Default.UpdateBody, key, stopping));
        });
        return command;
    }

    private static CandorCommand Maintenance(Terminal terminal, PostAccess access, IRandomness randomness)
    {
        var (text, json, title) = (new PostText(), CommonOptions.Json(), Title());
        var from = new Option<string?>("--from") { Description = "When it begins: 2026-11-28T22:00Z.", HelpName = "time" };
        var until = new Option<string?>("--until") { Description = "When it ends.", HelpName = "time" };
        var components = new Option<string[]>("--component") { Description = "A component that it concerns. Again for each.", HelpName = "name" };
        var command = With(
            new("maintenance", "Announce planned work; it begins and ends by itself.")
            {
                Options = { title, text.Body, from, until, components, text.Quiet, text.Key, json },
                Examples = [("candor post maintenance --title \"New disks\" --body \"Read-only.\" --from 2026-11-28T22:00Z --until 2026-11-28T23:00Z --component Mail", "an hour of it")],
            },
            access);
        command.SetAction(async (parsed, stopping) =>
        {
            var body = new MaintenanceBody
            {
                Title = PostText.Needed(terminal, parsed, title, "Title"),
                Body = PostText.Needed(terminal, parsed, text.Body, "What readers should know"),
                ScheduledFor = PostText.Needed(terminal, parsed, from, "Begins at (2026-11-28T22:00Z)"),
                ScheduledUntil = PostText.Needed(terminal, parsed, until, "Ends at"),
                Components = parsed.GetValue(components),
                DeliverNotifications = text.DeliverOf(parsed),
            };
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            return Tell(terminal, parsed.GetValue(json), await server.PostAsync(
                "/api/maintenances", body, PostJson.Default.MaintenanceBody, text.KeyOf(parsed, randomness), stopping));
        });
        return command;
    }

    private static CandorCommand With(CandorCommand command, PostAccess access)
    {
        foreach (var option in access.Options)
        {
            command.Options.Add(option);
        }

        return command;
    }

    private static Option<string?> Title() => new("--title") { Description = "One line.", HelpName = "text" };

    private static Argument<string?> Id() => new("incident")
    {
        Description = "The incident's id; left out where exactly one is open.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static async Task<string> OpenOneAsync(PostServer server, CancellationToken cancellation)
    {
        var open = JsonElement.Parse(await server.GetAsync("/api/incidents?open=true", cancellation)).GetProperty("incidents").EnumerateArray()
            .Select(static incident => (Id: Text(incident, "id"), Title: Text(incident, "title"))).ToList();
        return open switch
        {
            [var one] => one.Id,
            [] => throw new CommandFault("No incident is open.", "Name one by its id, or open one with `candor post incident`."),
            _ => throw new CommandFault(
                $"{open.Count} incidents are open: {string.Join("; ", open.Select(static one => $"{one.Id} {one.Title}"))}.",
                $"Name one: `candor post update {open[0].Id}`."),
        };
    }

    private static int Tell(Terminal terminal, bool json, byte[] answer)
    {
        if (json)
        {
            terminal.Line(Encoding.UTF8.GetString(answer));
            return Exit.Done;
        }

        var read = JsonElement.Parse(answer);
        terminal.Line($"{Text(read, "id")}  {Text(read, "status")}  {Text(read, "title")}  {Text(read, "url")}");
        return Exit.Done;
    }

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
