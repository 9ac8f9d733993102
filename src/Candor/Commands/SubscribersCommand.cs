using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Candor.Commands.Posts;
using Candor.Effects;
using Candor.Notices.Channels;
using Candor.Notices.Subscribers;
using Candor.Notices.Trying;
using Candor.Subscribing.Lists;

namespace Candor.Commands;

/// <summary><c>candor subscribers</c>: lists of who is told, in and out.</summary>
internal static class SubscribersCommand
{
    private const int FileBytesMax = 32 * 1024 * 1024;
    private const int NamedMost = 20;
    private static readonly TimeSpan TestAnswersWithin = TimeSpan.FromSeconds(40);
    private const string Again = "Run the same command again: the same address is entered once.";

    public static Command Create(Terminal terminal, IDisk disk, IRandomness randomness, Func<string, string?> variables)
    {
        var command = new CandorCommand("subscribers", "Bring, add, list, save, try and take out who is told.")
        {
            Examples =
            [
                ("candor subscribers import people.csv --dry-run", "what would happen, row by row"),
                ("candor subscribers add email ada@example.com", "one or several by hand"),
                ("candor subscribers export > people.csv", "everybody, to be brought elsewhere"),
                ("candor subscribers test email you@example.com", "whether the channel works, and what their server said"),
                ("candor subscribers remove ada@example.com", "ends it and destroys the address"),
            ],
        };
        command.Subcommands.Add(Import(terminal, disk, randomness, new(disk, variables)));
        command.Subcommands.Add(SubscribersAdd.Create(terminal, randomness, new(disk, variables)));
        command.Subcommands.Add(Export(terminal, new(disk, variables)));
        command.Subcommands.Add(List(terminal, new(disk, variables)));
        command.Subcommands.Add(Test(terminal, randomness, new(disk, variables)));
        command.Subcommands.Add(Remove(terminal, new(disk, variables)));
        return command;
    }

    private static CandorCommand Import(Terminal terminal, IDisk disk, IRandomness randomness, PostAccess access)
    {
        var file = new Argument<string>("file") { Description = "A table in commas: Candor's, Statuspage's export or template, or a column of addresses; - for the standard input." };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would happen, and do nothing." };
        var ask = new Option<bool>("--ask") { Description = "Send each new one a link to confirm with. Otherwise nothing is sent, and you vouch that they want to be told." };
        var skip = new Option<bool>("--skip-bad") { Description = "Leave bad rows out and enter the others; otherwise one bad row keeps all out." };
        var json = CommonOptions.Json();
        var command = With(
            new("import", "Bring a list: all of it or nothing. Nothing is sent unless you say --ask.")
            {
                Arguments = { file },
                Options = { dry, ask, skip, json },
                Examples = [("candor subscribers import subscribers.csv --dry-run", "Statuspage's export, looked at first")],
            },
            access);
        command.SetAction(async (parsed, stopping) =>
        {
            var text = Read(terminal, disk, parsed.GetValue(file)!);
            var order = new ListOrder { List = text, Ask = parsed.GetValue(ask), LeaveOutBad = parsed.GetValue(skip), DryRun = true };
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            var outcome = await RunAsync(terminal, server, order, randomness, "Looking at the list", stopping);
            var isBad = outcome.Faults.Count > 0 && !order.LeaveOutBad;
            if (!parsed.GetValue(dry) && !isBad)
            {
                outcome = await RunAsync(terminal, server, order with { DryRun = false }, randomness, $"Entering {outcome.New + outcome.Changed:N0} subscribers", stopping);
            }

            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(outcome, ListJson.Default.ListOutcome));
            }
            else
            {
                Tell(terminal, outcome);
            }

            return !isBad ? Exit.Done : throw new CommandFault(
                $"{outcome.Faults.Count.ToString("N0", CultureInfo.InvariantCulture)} rows cannot be taken, so nothing was entered.",
                "Mend them and run it again, or leave them out with --skip-bad.");
        });
        return command;
    }

    private static async Task<ListOutcome> RunAsync(
        Terminal terminal, PostServer server, ListOrder order, IRandomness randomness, string doing, CancellationToken stopping)
    {
        using var progress = terminal.Progress(doing);
        return JsonSerializer.Deserialize(
            await server.PostAsync("/api/subscribers/import", order, ListJson.Default.ListOrder, randomness.NextId(), stopping), ListJson.Default.ListOutcome)!;
    }

    private static void Tell(Terminal terminal, ListOutcome outcome)
    {
        foreach (var change in outcome.Changes.Take(NamedMost))
        {
            terminal.Line($"{(outcome.Done ? "Changed" : "Would change")}, line {change.Line}: {change.Address}: {change.Field} from {change.Before} to {change.After}.");
        }

        if (outcome.Changes.Count > NamedMost)
        {
            terminal.Line($"{(outcome.Done ? "Changed" : "Would change")}: and {outcome.Changes.Count - NamedMost} more; --json names all.");
        }

        Rows(terminal, "Bad", outcome.Faults);
        Rows(terminal, "Left out", outcome.LeftOut);
        Rows(terminal, "Look at", outcome.Warnings);
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{(outcome.Done ? "Entered" : "Would enter")} {outcome.New:N0} new, {(outcome.Done ? "changed" : "change")} {outcome.Changed:N0}; {outcome.Same:N0} are told just that already, {outcome.LeftOut.Count:N0} left out, {outcome.Faults.Count:N0} bad."));
        if (!outcome.Done)
        {
            terminal.Line("Nothing was changed.");
        }
    }

    private static void Rows(Terminal terminal, string title, IReadOnlyList<ListFault> rows)
    {
        foreach (var row in rows.Take(NamedMost))
        {
            terminal.Line($"{title}, line {row.Line}: {row.What} {row.Remedy}");
        }

        if (rows.Count > NamedMost)
        {
            terminal.Line($"{title}: and {rows.Count - NamedMost} more; --json names all.");
        }
    }

    private static CandorCommand Export(Terminal terminal, PostAccess access)
    {
        var command = With(
            new("export", "Print everybody as a table that import reads. It holds addresses: keep it like them.")
            {
                Examples = [("candor subscribers export > people.csv", "")],
            },
            access);
        command.SetAction(async (parsed, stopping) =>
        {
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            using var progress = terminal.Progress("Reading the list");
            await terminal.Output.WriteAsync(Encoding.UTF8.GetString(await server.GetAsync("/api/subscribers.csv", stopping)));
            return Exit.Done;
        });
        return command;
    }

    private static CandorCommand List(Terminal terminal, PostAccess access)
    {
        var text = new Option<string?>("--search") { Description = "A part of the address, or the id.", HelpName = "text" };
        var state = new Option<string?>("--state") { Description = "active, unconfirmed, left, bounced, gone or complaint.", HelpName = "state" };
        state.AcceptOnlyFromAmong("active", "unconfirmed", "left", "bounced", "gone", "complaint");
        var json = CommonOptions.Json();
        var command = With(
            new("list", "Show who is told, and how they stand.")
            {
                Options = { text, state, json },
                Examples = [("candor subscribers list --search @example.com --state bounced", "whose mailbox is gone")],
            },
            access);
        command.SetAction(async (parsed, stopping) =>
        {
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            var found = await FindAsync(terminal, server, parsed.GetValue(text) ?? "", parsed.GetValue(state) ?? "", stopping);
            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(new SubscriberList(found.Count, found), SubscriberJson.Default.SubscriberList));
                return Exit.Done;
            }

            var column = found.Count == 0 ? 0 : Math.Min(60, found.Max(static one => one.Address?.Length ?? 0));
            foreach (var one in found)
            {
                terminal.Line($"{one.Id}  {(one.Address ?? "").PadRight(column)}  {one.Channel,-8} {one.State,-11} {one.JoinedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
            }

            return Exit.Done;
        });
        return command;
    }

    private static CandorCommand Test(Terminal terminal, IRandomness randomness, PostAccess access)
    {
        var channel = new Argument<string>("channel") { Description = "By which channel." };
        channel.AcceptOnlyFromAmong([.. ChannelKinds.All.Select(static kind => kind.Name)]);
        var address = new Argument<string>("address") { Description = "Where it goes, as the channel reads it." };
        var json = CommonOptions.Json();
        var command = With(
            new("test", "Send one message that says it is a test, and show what their side said. It is no notice.")
            {
                Arguments = { channel, address },
                Options = { json },
                Examples = [("candor subscribers test webhook https://example.com/hook", "")],
            },
            access);
        command.SetAction(async (parsed, stopping) =>
        {
            var (server, http) = access.Open(parsed, terminal, TestAnswersWithin);
            using var _ = http;
            var body = new TestBody { Channel = parsed.GetValue(channel), Address = parsed.GetValue(address) };
            using var progress = terminal.Progress("Sending a test");
            var answer = await server.PostAsync("/api/notices/test", body, TestJson.Default.TestBody, randomness.NextId(), stopping);
            var came = JsonSerializer.Deserialize(answer, TestJson.Default.TestView)!;
            if (parsed.GetValue(json))
            {
                terminal.Line(JsonSerializer.Serialize(came, TestJson.Default.TestView));
                return came.HandedOver ? Exit.Done : Exit.Failed;
            }

            if (!came.HandedOver)
            {
                throw new CommandFault($"It was not handed over: {came.Said}.", came.Next ?? "Try again later.");
            }

            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Handed over in {came.TookMs / 1000.0:0.0} s: {came.Said}"));
            return Exit.Done;
        });
        return command;
    }

    private static CandorCommand Remove(Terminal terminal, PostAccess access)
    {
        var who = new Argument<string>("who") { Description = "The address, or the id." };
        var command = With(
            new("remove", "End a subscription and destroy its address.")
            {
                Arguments = { who },
                Examples = [("candor subscribers remove ada@example.com", "")],
            },
            access);
        command.SetAction(async (parsed, stopping) =>
        {
            var (server, http) = access.Open(parsed, terminal);
            using var _ = http;
            var named = parsed.GetValue(who)!;
            var found = await NamedAsync(server, named, stopping);
            if (found.Count == 0)
            {
                throw new CommandFault($"Nobody has the address or id “{named}”.", "`candor subscribers list --search PART` finds them.");
            }

            foreach (var one in found)
            {
                await server.DeleteAsync("/api/subscribers/" + one.Id, Again, stopping);
                terminal.Line($"{one.Id} ({one.Channel}) is told nothing more, and the address is destroyed.");
            }

            return Exit.Done;
        });
        return command;
    }

    /// <summary>Whose address or id it is: the server compares, because an address that is a secret is not given out.</summary>
    private static async Task<IReadOnlyList<SubscriberView>> NamedAsync(PostServer server, string named, CancellationToken stopping) =>
        JsonSerializer.Deserialize(
            await server.GetAsync($"/api/subscribers?named={Uri.EscapeDataString(named)}", stopping), SubscriberJson.Default.SubscriberList)!.Subscribers;

    /// <summary>All of them, a page at a time.</summary>
    private static async Task<IReadOnlyList<SubscriberView>> FindAsync(
        Terminal terminal, PostServer server, string text, string state, CancellationToken stopping)
    {
        var (found, after, left) = (new List<SubscriberView>(), 0, 1);
        Progress? progress = null;
        try
        {
            while (left > 0)
            {
                var page = JsonSerializer.Deserialize(
                    await server.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/subscribers?q={Uri.EscapeDataString(text)}&state={state}&after={after}"), stopping),
                    SubscriberJson.Default.SubscriberList)!;
                progress ??= terminal.Progress("Reading the list", page.Count);
                found.AddRange(page.Subscribers);
                (left, after) = (page.Count - page.Subscribers.Count, page.Subscribers.Count > 0 ? page.Subscribers[^1].Number : after);
                progress.Report(found.Count);
            }
        }
        finally
        {
            progress?.Dispose();
        }

        return found;
    }

    private static string Read(Terminal terminal, IDisk disk, string file)
    {
        try
        {
            if (file == "-")
            {
                return (terminal.Piped ?? terminal.Input)?.ReadToEnd()
                    ?? throw new CommandFault("Nothing comes by the standard input.", "candor subscribers import people.csv");
            }

            var bytes = disk.Read(file, FileBytesMax) ?? throw new CommandFault($"There is no file {file}.", "Name the table that is to be brought.");
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new CommandFault($"{file} is not written in UTF-8.", "Save it as “CSV UTF-8”, or convert it: `iconv -f latin1 -t utf-8`.");
        }
        catch (IOException fault)
        {
            throw new CommandFault($"{file} cannot be read: {fault.Message}", "Name a table of at most 32 MB.");
        }
    }

    internal static CandorCommand With(CandorCommand command, PostAccess access)
    {
        foreach (var option in access.Options)
        {
            command.Options.Add(option);
        }

        return command;
    }
}
