using System.CommandLine;
using System.Globalization;
using System.Net;
using Candor.Commands.Drills.Rig;
using Candor.Journal.Sqlite;

namespace Candor.Commands.Drills;

/// <summary><c>candor drill database-down</c>: the store goes away in the middle of telling many.</summary>
internal static class DatabaseDownDrill
{
    public static Command Create(Terminal terminal)
    {
        var mails = new Option<int>("--mails") { Description = "Subscribers by mail.", DefaultValueFactory = _ => 10_000 };
        var seconds = new Option<int>("--seconds") { Description = "How long the store is away, each time.", DefaultValueFactory = _ => 30 };
        var json = CommonOptions.Json();
        var command = new CandorCommand("database-down", "Lock the journal, and kill the core with it, in the middle of telling many, and measure what was lost.")
        {
            Options = { mails, seconds, json },
            Examples = [("candor drill database-down", "the whole drill, about three minutes"), ("candor drill database-down --seconds 330", "long enough for notices that are late")],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var log = new DrillLog("database-down", terminal, parsed.GetValue(json));
            var drill = new DatabaseDown(
                Math.Clamp(parsed.GetValue(mails), 10, 200_000), TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(seconds), 3, 3_600)), log, terminal);
            return await drill.RunAsync(stopping);
        });
        return command;
    }
}

/// <summary>
/// The drill itself: a notice to many is half sent when (a) another process locks the journal and (b) the core dies. People go
/// on posting all the while, and what they were told is compared with what is there afterwards.
/// </summary>
internal sealed class DatabaseDown(int mails, TimeSpan each, DrillLog log, Terminal terminal)
{
    private static readonly TimeSpan PostEvery = TimeSpan.FromMilliseconds(200);

    private readonly MailSink mail = new(terminal.Time);
    private readonly List<(string Id, bool Acknowledged)> posted = [];
    private readonly List<DateTimeOffset> words = [];
    private int refused;
    private int odd;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using var sinks = await Sinks.OpenAsync(mail, new HookSink(terminal.Time).TakeAsync, cancellation);
        await using var server = await DrillServer.StartAsync(DrillServer.SettingsOf(sinks.MailPort), terminal, cancellation);
        var (reader, ledger) = (new PageReader(token => server.ReadAsync("/", token), terminal.Time) { Phase = "quiet" }, new LedgerSampler(server, terminal.Time));
        await DrillCrowd.SubscribeAsync(server, "email", Enumerable.Range(0, mails).Select(DrillCrowd.AddressOf), cancellation);
        log.Tell($"{mails:N0} are to be told by mail.");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sampling = ledger.RunAsync(ending.Token);

        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var looking = reader.RunAsync(reading.Token);
        await Task.Delay(TimeSpan.FromSeconds(3), terminal.Time, cancellation);
        var incident = (await server.MustAsync(HttpMethod.Post, "/api/incidents", """{"title":"Mail is slow","body":"We are looking."}""", cancellation)).GetProperty("id").GetString()!;
        words.Add(terminal.Time.GetUtcNow());
        await UntilTakenAsync(mails / 4, cancellation);
        reader.Phase = "locked";
        await LockedAsync(server, incident, cancellation);
        await reading.CancelAsync();
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await SayAsync(server, incident, "monitoring", cancellation);
        await UntilTakenAsync(mail.Mails.Count + (mails / 4), cancellation);
        await ledger.LookAsync(cancellation);
        await KilledAsync(server, cancellation);
        await SayAsync(server, incident, "resolved", cancellation);
        var settled = await UntilSettledAsync(server, cancellation);
        log.Tell(settled ? "Everything is settled." : "NOT everything is settled; it was waited for long enough.");
        await ledger.LookAsync(cancellation);
        await ending.CancelAsync();
        await sampling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        await CompareAsync(server, cancellation);
        Measure(reader, ledger);
        return log.End();
    }

    private async Task LockedAsync(DrillServer server, string incident, CancellationToken cancellation)
    {
        using (var other = Database.OpenWriter(Path.Combine(server.Data, "journal.db")))
        {
            other.Execute("BEGIN IMMEDIATE;");
            log.Tell($"(a) Another process holds the journal's lock; {mail.Mails.Count:N0} mails were handed over.");
            await PostAsync(server, incident, each, cancellation);
            other.Execute("ROLLBACK;");
        }

        log.Tell($"The lock is given back. Meanwhile {posted.Count(static one => one.Acknowledged)} posts were acknowledged, {refused} refused as not to be stored.");
        var began = terminal.Time.GetTimestamp();
        while (terminal.Time.GetElapsedTime(began) < TimeSpan.FromMinutes(5)
            && (await server.SendAsync(HttpMethod.Post, $"/api/incidents/{incident}/updates", """{"body":"Back.","status":"identified"}""", cancellation)).Status != HttpStatusCode.Created)
        {
            await Task.Delay(PostEvery, terminal.Time, cancellation);
        }

        words.Add(terminal.Time.GetUtcNow());
        log.AtMost("posting works again after", terminal.Time.GetElapsedTime(began).TotalSeconds, 30, "s");
    }

    private async Task KilledAsync(DrillServer server, CancellationToken cancellation)
    {
        log.Tell($"(b) The core is killed (kill -9) with {mail.Mails.Count:N0} mails handed over.");
        await server.KillAsync(cancellation);
        await Task.Delay(each, terminal.Time, cancellation);
        var began = terminal.Time.GetTimestamp();
        await server.RunAsync(cancellation);
        log.AtMost("page is back after the start in", terminal.Time.GetElapsedTime(began).TotalSeconds, 30, "s");
        log.Tell("The core is started again on what is stored.");
    }

    /// <summary>People who post on: each with a text of its own, by which it is found again or not.</summary>
    private async Task PostAsync(DrillServer server, string incident, TimeSpan length, CancellationToken cancellation)
    {
        var began = terminal.Time.GetTimestamp();
        while (terminal.Time.GetElapsedTime(began) < length)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"Post {posted.Count + refused + odd:00000}.");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(TimeSpan.FromSeconds(15));
            try
            {
                var (status, _) = await server.SendAsync(
                    HttpMethod.Post, $"/api/incidents/{incident}/updates", $$"""{"body":"{{text}}","status":"identified"}""", patience.Token);
                posted.Add((text, status == HttpStatusCode.Created));
                words.AddRange(status == HttpStatusCode.Created ? [terminal.Time.GetUtcNow()] : []);
                refused += status == HttpStatusCode.ServiceUnavailable ? 1 : 0;
                odd += status is HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable ? 0 : 1;
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                posted.Add((text, false));
                refused++;
            }

            await Task.Delay(PostEvery, terminal.Time, cancellation);
        }
    }

    /// <summary>What was acknowledged is there; what was not may be there or not, and nobody was told that it is.</summary>
    private async Task CompareAsync(DrillServer server, CancellationToken cancellation)
    {
        var all = (await server.MustAsync(HttpMethod.Get, "/api/incidents", null, cancellation)).GetRawText();
        log.Exactly("acknowledged and lost", posted.Count(one => one.Acknowledged && !all.Contains(one.Id, StringComparison.Ordinal)), 0, "posts");
        log.Exactly("answers other than 201 and 503", odd, 0, "posts");
    }

    private void Measure(PageReader reader, LedgerSampler ledger)
    {
        var byReader = mail.Mails.ToLookup(static one => one.Recipient, StringComparer.OrdinalIgnoreCase);
        var twice = mail.Mails.Count - mail.Mails.Select(static one => one.MessageId).Distinct().Count();
        log.Exactly("page not answered while the journal was locked", reader.Failed, 0, "requests");
        log.Exactly("missing", Enumerable.Range(0, mails).Count(i => !byReader[DrillCrowd.AddressOf(i)].Any(static one => one.Subject.EndsWith(": resolved", StringComparison.Ordinal))), 0, "readers");
        log.AtMost("mails that came twice", twice, ledger.AmbiguousOf("email"), "", "at most as many as were counted as ambiguous");
        var marks = LateMarks.Of(mail.Mails, words);
        log.Exactly("late mails that do not say so", marks.Unmarked, 0, "mails", $"{marks.Late:N0} came more than five minutes late");
        log.Exactly("mails that say so and were not late", marks.Wrong, 0, "mails");
        log.Exactly("ledger violations", ledger.Violations, 0, "", $"{ledger.Samples} samples");
        log.Exactly(
            "something open after it was over",
            byReader.Sum(static one => one.SkipWhile(static mail => !mail.Subject.EndsWith(": resolved", StringComparison.Ordinal)).Count(static mail => !mail.Subject.EndsWith(": resolved", StringComparison.Ordinal))),
            0, "mails");
    }

    private async Task UntilTakenAsync(int count, CancellationToken cancellation)
    {
        var began = terminal.Time.GetTimestamp();
        while (mail.Mails.Count < count && terminal.Time.GetElapsedTime(began) < TimeSpan.FromMinutes(2))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), terminal.Time, cancellation);
        }
    }

    private async Task<bool> UntilSettledAsync(DrillServer server, CancellationToken cancellation)
    {
        var began = terminal.Time.GetTimestamp();
        while (terminal.Time.GetElapsedTime(began) < TimeSpan.FromMinutes(10))
        {
            if (await server.LedgerAsync("email", cancellation) is { } email && email.GetProperty("counts") is var counts
                && LedgerSampler.Count(counts, "accepted") > 0 && LedgerSampler.Count(counts, "pending") == 0)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), terminal.Time, cancellation);
        }

        return false;
    }

    private async Task SayAsync(DrillServer server, string incident, string status, CancellationToken cancellation)
    {
        await server.MustAsync(HttpMethod.Post, $"/api/incidents/{incident}/updates", $$"""{"body":"A word from the team.","status":"{{status}}"}""", cancellation);
        words.Add(terminal.Time.GetUtcNow());
        log.Tell($"Published: {status}.");
    }
}
