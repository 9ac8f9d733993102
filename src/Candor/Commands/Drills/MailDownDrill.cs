using System.CommandLine;
using System.Globalization;
using Candor.Commands.Drills.Rig;

namespace Candor.Commands.Drills;

/// <summary><c>candor drill mail-down</c>: a Candor of its own with many subscribers loses its mail server in every way there is.</summary>
internal static class MailDownDrill
{
    public static Command Create(Terminal terminal)
    {
        var mails = new Option<int>("--mails") { Description = "Subscribers by mail.", DefaultValueFactory = _ => 10_000 };
        var hooks = new Option<int>("--webhooks") { Description = "Subscribers by webhook.", DefaultValueFactory = _ => 2_000 };
        var seconds = new Option<int>("--seconds") { Description = "How long each fault lasts.", DefaultValueFactory = _ => 60 };
        var json = CommonOptions.Json();
        var command = new CandorCommand("mail-down", "Stall, refuse, kill, poison and corrupt mail under a running incident, and measure what readers and others notice.")
        {
            Options = { mails, hooks, seconds, json },
            Examples = [("candor drill mail-down", "the whole drill, about six minutes"), ("candor drill mail-down --mails 200 --webhooks 50 --seconds 10", "a short one")],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var order = new MailDownOrder(
                Math.Clamp(parsed.GetValue(mails), 10, 200_000), Math.Clamp(parsed.GetValue(hooks), 1, 50_000),
                TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(seconds), 3, 3_600)));
            var log = new DrillLog("mail-down", terminal, parsed.GetValue(json));
            return await new MailDown(order, log, terminal).RunAsync(stopping);
        });
        return command;
    }
}

/// <param name="Each">How long each fault lasts.</param>
internal sealed record MailDownOrder(int Mails, int Webhooks, TimeSpan Each);

/// <summary>
/// The drill itself, in this order: (a) the mail server stalls, (b) it sends everybody away, (c) the process of the channel is
/// killed every two seconds, (d) the queue's file is damaged, then the incident ends, mail comes back, and (e) one mail kills
/// whatever process takes it.
/// </summary>
internal sealed class MailDown(MailDownOrder order, DrillLog log, Terminal terminal)
{
    private const string Poison = "poison@domain0.example";
    private static readonly TimeSpan KillEvery = TimeSpan.FromSeconds(2);

    /// <summary>What was over sooner than this is told to nobody who was told nothing, and the drill would show nothing.</summary>
    private static readonly TimeSpan EndsAfter = TimeSpan.FromSeconds(130);

    private readonly MailSink mail = new(terminal.Time) { Mood = MailMood.Stalled };
    private readonly HookSink hooks = new(terminal.Time);
    private int words;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using var sinks = await Sinks.OpenAsync(mail, hooks.TakeAsync, cancellation);
        await using var server = await DrillServer.StartAsync(DrillServer.SettingsOf(sinks.MailPort), terminal, cancellation);
        var (reader, ledger) = (new PageReader(token => server.ReadAsync("/", token), terminal.Time), new LedgerSampler(server, terminal.Time));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await DrillCrowd.SubscribeAsync(server, "email", Enumerable.Range(1, order.Mails - 1).Select(DrillCrowd.AddressOf).Append(Poison), cancellation);
        await DrillCrowd.SubscribeAsync(server, "webhook", Enumerable.Range(0, order.Webhooks).Select(i => new Uri(sinks.Hook, $"/{i}").ToString()), cancellation);
        log.Tell($"{order.Mails:N0} are to be told by mail and {order.Webhooks:N0} by webhook; readers look at the page fifty times a second.");
        reader.Phase = "quiet";
        var beside = Task.WhenAll(reader.RunAsync(ending.Token), ledger.RunAsync(ending.Token));
        await Task.Delay(TimeSpan.FromSeconds(10), terminal.Time, cancellation);

        var core = server.Id;
        var began = terminal.Time.GetTimestamp();
        var incident = await StalledAsync(server, reader, cancellation);
        await BusyAsync(server, reader, incident, cancellation);
        await KillingAsync(server, reader, incident, cancellation);
        await DamagedAsync(server, incident, cancellation);
        while (order.Each * 3 >= EndsAfter && terminal.Time.GetElapsedTime(began) < EndsAfter)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), terminal.Time, cancellation);
        }

        await ReturnAsync(server, reader, ledger, incident, cancellation);
        await ending.CancelAsync();
        await beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        log.Exactly("core restarts", server.Lives && server.Id == core ? 0 : 1, 0, "");
        log.AtMost("restarts of the mail process", ledger.RestartsOf("email"), 12, "");
        log.Exactly("ledger violations", ledger.Violations, 0, "", $"{ledger.Samples} samples");
        var (quiet, troubled) = (reader.P99("quiet"), reader.P99("a", "b", "c", "e"));
        log.Add(
            "page p99 while mail is down", troubled, "ms", string.Create(CultureInfo.InvariantCulture, $"<= 1.1 x {quiet:0.##}, or 10"),
            troubled <= Math.Max(1.1 * quiet, 10) && reader.Failed == 0, $"{reader.Failed} not answered");
        log.AtMost("webhook publish to hand-off p99", PageReader.Percentile([.. hooks.Hooks.Select(static one => one.After.TotalSeconds)], 0.99), 2, "s");
        log.Exactly("webhook subscribers without the last word", order.Webhooks - hooks.Hooks.Where(one => one.Status == LastStatus).Select(static one => one.Path).Distinct().Count(), 0, "");
        return log.End();
    }

    private string LastStatus => order.Each * 3 >= EndsAfter ? "resolved" : "monitoring";

    private async Task<string> StalledAsync(DrillServer server, PageReader reader, CancellationToken cancellation)
    {
        reader.Phase = "a";
        var body = await server.MustAsync(HttpMethod.Post, "/api/incidents", """{"title":"Homepage is down","body":"We are looking.","components":[{"component":"Homepage","status":"major_outage"}]}""", cancellation);
        words = 1;
        log.Tell("Published: investigating. (a) The mail server takes connections and says nothing.");
        var said = await UntilSaidAsync(server, isSaid: true, TimeSpan.FromSeconds(60), cancellation);
        log.AtMost("page says that mail does not go out after", said.TotalSeconds, 30, "s");
        log.Tell("The page says by itself that notices by mail do not go out.");
        await RestAsync(order.Each - said, cancellation);
        return body.GetProperty("id").GetString()!;
    }

    private async Task BusyAsync(DrillServer server, PageReader reader, string incident, CancellationToken cancellation)
    {
        reader.Phase = "b";
        mail.Mood = MailMood.Busy;
        log.Tell("(b) The mail server sends everybody away (421).");
        await SayAsync(server, incident, "identified", cancellation);
        await RestAsync(order.Each / 2, cancellation);
        await SayAsync(server, incident, "identified", cancellation);
        await RestAsync(order.Each / 2, cancellation);
    }

    private async Task KillingAsync(DrillServer server, PageReader reader, string incident, CancellationToken cancellation)
    {
        reader.Phase = "c";
        log.Tell("(c) The process of the mail channel is killed every two seconds.");
        await SayAsync(server, incident, "identified", cancellation);
        var (began, killed) = (terminal.Time.GetTimestamp(), 0);
        while (terminal.Time.GetElapsedTime(began) < order.Each)
        {
            killed += KillMailer(server);
            await Task.Delay(KillEvery, terminal.Time, cancellation);
        }

        log.Tell($"It was killed {killed} times; Candor waits longer each time before it starts another.");
        await SayAsync(server, incident, "monitoring", cancellation);
    }

    private async Task DamagedAsync(DrillServer server, string incident, CancellationToken cancellation)
    {
        await QueueDamage.FlipAsync(Path.Combine(server.Data, "queues", "email.db"), cancellation);
        log.Tell("(d) A byte in the middle of the mail queue's file was changed under the running server.");
        await SayAsync(server, incident, "monitoring", cancellation);
    }

    private async Task ReturnAsync(DrillServer server, PageReader reader, LedgerSampler ledger, string incident, CancellationToken cancellation)
    {
        reader.Phase = "e";
        await SayAsync(server, incident, LastStatus, cancellation);
        log.Tell(LastStatus == "resolved" ? "The incident is resolved before mail is back." : "The drill is short: the incident is not resolved, the last word is “monitoring”.");
        var crashes = 0;
        mail.Asked = recipient => crashes += recipient == Poison ? KillMailer(server) : 0;
        mail.Mood = MailMood.Well;
        var back = terminal.Time.GetTimestamp();
        log.Tell("Mail is back. (e) One mail kills whatever process takes it.");
        var cleared = await UntilSaidAsync(server, isSaid: false, TimeSpan.FromMinutes(5), cancellation);
        log.AtMost("page says that mail is well again after", cleared.TotalSeconds, 60, "s");
        var settled = await UntilSettledAsync(server, cancellation);
        log.Tell(string.Create(CultureInfo.InvariantCulture, $"Everything is settled {terminal.Time.GetElapsedTime(back).TotalSeconds:F0} s after mail came back{(settled ? "" : ": NOT everything, it was waited for long enough")}."));
        await ledger.LookAsync(cancellation);
        var aside = Directory.GetFiles(Path.Combine(server.Data, "queues"), "*.damaged-*").Length;
        log.Tell(aside > 0 ? "The damaged queue was put aside and made anew from the journal." : "The damage was in a place that was written over or not read; nothing rested on it.");

        var byReader = mail.Mails.ToLookup(static one => one.Recipient, StringComparer.OrdinalIgnoreCase);
        var twice = mail.Mails.Count - mail.Mails.Select(static one => one.MessageId).Distinct().Count();
        log.Exactly("poison parked after deaths", crashes, 3, "");
        log.Exactly("missing", Enumerable.Range(1, order.Mails - 1).Count(i => !byReader[DrillCrowd.AddressOf(i)].Any(one => IsLast(one.Subject))), 0, "readers");
        log.Exactly("told in more than one distinct mail", byReader.Count(static one => one.Select(static mail => mail.MessageId).Distinct().Count() > 1), 0, "readers");
        log.AtMost("mails that came twice", twice, ledger.AmbiguousOf("email"), "", "at most as many as were counted as ambiguous");
        log.Exactly("an earlier state after the last", byReader.Sum(one => one.SkipWhile(mail => !IsLast(mail.Subject)).Count(mail => !IsLast(mail.Subject))), 0, "mails");
    }

    private bool IsLast(string subject) => subject.EndsWith(": " + LastStatus, StringComparison.Ordinal);

    private async Task<bool> UntilSettledAsync(DrillServer server, CancellationToken cancellation)
    {
        var began = terminal.Time.GetTimestamp();
        while (terminal.Time.GetElapsedTime(began) < TimeSpan.FromMinutes(10))
        {
            if (await server.LedgerAsync("email", cancellation) is { } email && await server.LedgerAsync("webhook", cancellation) is { } webhook
                && LedgerSampler.Count(email.GetProperty("counts"), "accepted") > 0
                && LedgerSampler.Count(email.GetProperty("counts"), "pending") + LedgerSampler.Count(webhook.GetProperty("counts"), "pending") == 0)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), terminal.Time, cancellation);
        }

        return false;
    }

    private Task<TimeSpan> UntilSaidAsync(DrillServer server, bool isSaid, TimeSpan atMost, CancellationToken cancellation) =>
        DrillWords.UntilAsync(server, "Notices by email", isSaid, atMost, terminal.Time, cancellation);

    private async Task SayAsync(DrillServer server, string incident, string status, CancellationToken cancellation)
    {
        words++;
        await server.MustAsync(
            HttpMethod.Post, $"/api/incidents/{incident}/updates", $$"""{"body":"Word {{words}}: we are still at it.","status":"{{status}}"}""", cancellation);
        log.Tell($"Published: {status} (word {words}).");
    }

    private static int KillMailer(DrillServer server) =>
        Effects.ProcessTable.ChildrenOf(server.Id, "notify", "email").Count(Effects.ProcessTable.Kill);

    private async Task RestAsync(TimeSpan left, CancellationToken cancellation)
    {
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, terminal.Time, cancellation);
        }
    }
}
