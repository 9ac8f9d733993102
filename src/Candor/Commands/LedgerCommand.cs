using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Candor.Commands.Posts;
using Candor.Effects;
using Candor.Notices.Ledger;
using Candor.Notices.Streams;
using Candor.Subscribing.Ledgers;

namespace Candor.Commands;

/// <summary><c>candor ledger</c>: who was told of an incident or a maintenance, when, and what their side said.</summary>
internal static class LedgerCommand
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(60);

    public static Command Create(Terminal terminal, IDisk disk, Func<string, string?> variables)
    {
        var about = new Argument<string>("incident") { Description = "The id of an incident; maintenance:ID, or any other topic of the ledger." };
        var state = new Option<string?>("--state") { Description = "Only these: sent, failed, pending, withheld, superseded, suppressed or expired.", HelpName = "state" };
        state.AcceptOnlyFromAmong([.. LedgerSearch.States.Keys]);
        var channel = new Option<string?>("--channel") { Description = "Only this channel.", HelpName = "channel" };
        var search = new Option<string?>("--search") { Description = "The id of a subscriber, or a part of the address.", HelpName = "text" };
        var json = CommonOptions.Json();
        var access = new PostAccess(disk, variables);
        var command = new CandorCommand("ledger", "Show who was told of an incident, when, and what their side said.")
        {
            Arguments = { about },
            Options = { state, channel, search, json },
            Examples =
            [
                ("candor ledger 7f3k2m9q4rvt --state failed", "who could not be reached, and why"),
                ("candor ledger 7f3k2m9q4rvt --search ada@example.com", "whether it was sent to one person"),
                ("candor ledger maintenance:7f3k2m9q4rvt --json", "every row, for a script"),
            ],
        };
        foreach (var option in access.Options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, stopping) =>
        {
            var (server, http) = access.Open(parsed, terminal, AnswersWithin);
            using var _ = http;
            var topic = parsed.GetValue(about)!;
            var path = string.Create(CultureInfo.InvariantCulture, $"/api/notices/{Uri.EscapeDataString(topic.Contains(':', StringComparison.Ordinal) ? topic : "incident:" + topic)}");
            var query = $"?state={parsed.GetValue(state)}&channel={Uri.EscapeDataString(parsed.GetValue(channel) ?? "")}&q={Uri.EscapeDataString(parsed.GetValue(search) ?? "")}";
            if (parsed.GetValue(json))
            {
                using var reading = terminal.Progress("Reading the ledger");
                await terminal.Output.WriteAsync(Encoding.UTF8.GetString(await server.GetAsync(path + "/list.json" + query, stopping)));
                return Exit.Done;
            }

            await TellAsync(terminal, server, path + query, stopping);
            return Exit.Done;
        });
        return command;
    }

    private static async Task TellAsync(Terminal terminal, PostServer server, string address, CancellationToken stopping)
    {
        string? after = "";
        for (var isFirst = true; after is not null; isFirst = false)
        {
            var page = JsonSerializer.Deserialize(
                await server.GetAsync($"{address}&after={Uri.EscapeDataString(after)}", stopping), LedgerJson.Default.TopicLedger)!;
            if (isFirst)
            {
                terminal.Line(page.Title);
                foreach (var (channel, counts) in page.Channels)
                {
                    terminal.Line($"  {channel,-10} {LedgerWords.Sum(counts)}");
                }
            }

            foreach (var row in page.Notices)
            {
                terminal.Line(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Channel,-10} {row.Address ?? row.Subscriber}  update {row.Update}: {LedgerWords.Of(row.State)}{(row.SettledAt is { } at ? $" {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC" : "")}{(LedgerWords.Why(row.State, row.Why, row.ToldWith) is { } why ? $" ({why})" : "")}{(row.Said is { Length: > 0 } said ? $"; their side said: {said}" : "")}"));
            }

            after = page.Next;
        }
    }
}
