using System.Globalization;
using Candor.Commands.Drills.Rig;
using Candor.Journal.Sqlite;

namespace Candor.Commands.Drills;

/// <summary>
/// The drill itself: a notice to many is half sent when (a) another process locks the journal, (b) another process locks the
/// queue, (c) the core stands still, (d) no file takes a write, (e) the core dies. Then (f) mail server and queue are away
/// together, and the backlog goes out to a server that takes so much and no more. People go on posting all the while, and what
/// they were told is compared with what is there afterwards.
/// </summary>
internal sealed class DatabaseDown(DatabaseDownOrder order, DrillLog log, Terminal terminal)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly MailSink mail = new(terminal.Time);
    private readonly DrillHandles handles = new(terminal.Time);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using var sinks = await Sinks.OpenAsync(mail, new HookSink(terminal.Time).TakeAsync, cancellation);
        var settings = DrillServer.SettingsOf(sinks.MailPort).Replace("  - name: Homepage", "  - name: Homepage\n  - name: Search\n  - name: Wiki", StringComparison.Ordinal);
        await using var server = await DrillServer.StartAsync(settings, terminal, cancellation);
        var (reader, ledger) = (new PageReader(token => server.ReadAsync("/", token), terminal.Time) { Phase = "all" }, new LedgerSampler(server, terminal.Time));
        var drain = new DatabaseDownDrain(server, mail, order, log, terminal.Time);
        await drain.SubscribeAsync(cancellation);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sampling = ledger.RunAsync(ending.Token);

        var notes = await OpenAsync(server, """{"title":"Notes","body":"For the team.","deliver_notifications":false,"components":[{"component":"Wiki","status":"degraded_performance"}]}""", cancellation);
        var incident = await OpenAsync(
            server, """{"title":"Homepage is slow","body":"We are looking.","components":[{"component":"Homepage","status":"degraded_performance"}]}""", cancellation);
        var posts = new DrillPosts(server, incident, notes, terminal.Time);
        await UntilTakenAsync(order.Mails / 4, cancellation);
        await LookingAsync(reader, () => LockedJournalAsync(server, posts, cancellation), cancellation);
        await LookingAsync(reader, () => LockedQueueAsync(server, posts, cancellation), cancellation);
        await StandingStillAsync(server, posts, cancellation);
        await LookingAsync(reader, () => ReadOnlyAsync(server, posts, cancellation), cancellation);
        await SomeTakenAsync(posts, cancellation);
        await ledger.LookAsync(cancellation);
        await KilledAsync(server, cancellation);
        await UntilSettledAsync(server, cancellation);
        await LookingAsync(reader, () => drain.RunAsync(posts, cancellation), cancellation);
        await posts.SayAsync("resolved", cancellation);
        mail.Capacity = null;
        var settled = await UntilSettledAsync(server, cancellation);
        log.Tell(settled ? "Everything is settled." : "NOT everything is settled; it was waited for long enough.");
        await ledger.LookAsync(cancellation);
        await ending.CancelAsync();
        await sampling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        log.Exactly("acknowledged and lost", await posts.LostAsync(cancellation), 0, "posts", $"of {posts.Acknowledged}; {posts.Refused} refused as not to be stored");
        log.Exactly("answers other than 201 and 503", posts.Odd, 0, "posts");
        Measure(posts, reader, ledger);
        return log.End();
    }

    private static async Task<string> OpenAsync(DrillServer server, string incident, CancellationToken cancellation) =>
        (await server.MustAsync(HttpMethod.Post, "/api/incidents", incident, cancellation)).GetProperty("id").GetString()!;

    private async Task LockedJournalAsync(DrillServer server, DrillPosts posts, CancellationToken cancellation)
    {
        using (var other = Database.OpenWriter(Path.Combine(server.Data, "journal.db")))
        {
            other.Execute("BEGIN IMMEDIATE;");
            log.Tell($"(a) Another process holds the journal's lock; {mail.Mails.Count:N0} mails were handed over.");
            var posting = posts.GoOnAsync(order.Each, cancellation);
            var said = await DrillWords.UntilAsync(server, "cannot be stored", isSaid: true, Most(order.Each, 20), terminal.Time, cancellation);
            log.AtMost("page says that nothing can be stored after", said.TotalSeconds, 15, "s");
            await posting;
            other.Execute("ROLLBACK;");
        }

        log.AtMost("posting works again after the journal's lock in", (await posts.UntilAcceptedAsync(cancellation)).TotalSeconds, 30, "s");
        await posts.SayAsync("identified", cancellation);
    }

    private async Task LockedQueueAsync(DrillServer server, DrillPosts posts, CancellationToken cancellation)
    {
        var before = 0;
        using (var other = Database.OpenWriter(Path.Combine(server.Data, "queues", "email.db")))
        {
            other.Execute("BEGIN IMMEDIATE;");
            log.Tell($"(b) Another process holds the lock of the queue; {mail.Mails.Count:N0} mails were handed over.");
            await posts.SayAsync("identified", cancellation);
            var said = await DrillWords.UntilAsync(server, "Notices by email", isSaid: true, Most(order.Each, 20), terminal.Time, cancellation);
            log.AtMost("page says that notices do not go out after", said.TotalSeconds, 15, "s");
            await posts.GoOnAsync(order.Each - said, cancellation);
            before = mail.Mails.Count;
            other.Execute("ROLLBACK;");
        }

        log.AtMost("mails go out again after the queue's lock in", (await UntilTakenAsync(before + 1, cancellation)).TotalSeconds, 30, "s");
        var cleared = await DrillWords.UntilAsync(server, "Notices by email", isSaid: false, Patience, terminal.Time, cancellation);
        log.Tell(string.Create(CultureInfo.InvariantCulture, $"The page takes back that notices do not go out, {cleared.TotalSeconds:F1} s after the first of them."));
    }

    private async Task StandingStillAsync(DrillServer server, DrillPosts posts, CancellationToken cancellation)
    {
        const string back = "posting works again after the standstill in";
        await SomeTakenAsync(posts, cancellation);
        if (!await handles.SetStandsStillAsync(server.Id, still: true, cancellation))
        {
            log.NotTried(back, "this machine has no kill");
            return;
        }

        log.Tell($"(c) The core stands still (SIGSTOP); {mail.Mails.Count:N0} mails were handed over.");
        var posting = posts.GoOnAsync(order.Each, cancellation);
        await Task.Delay(order.Each, terminal.Time, cancellation);
        await handles.SetStandsStillAsync(server.Id, still: false, cancellation);
        log.AtMost(back, (await posts.UntilAcceptedAsync(cancellation)).TotalSeconds, 30, "s");
        await posting;
    }

    private async Task ReadOnlyAsync(DrillServer server, DrillPosts posts, CancellationToken cancellation)
    {
        const string back = "posting works again after nothing was to be written in";
        await SomeTakenAsync(posts, cancellation);
        string[] files = [.. FilesOf(Path.Combine(server.Data, "journal.db")), .. FilesOf(Path.Combine(server.Data, "queues", "email.db"))];
        try
        {
            if (!await handles.SetReadOnlyAsync(files, isSo: true, cancellation))
            {
                log.NotTried(back, "it takes root and a file system with immutable files");
                return;
            }

            log.Tell($"(d) Journal and queue take no writes; {mail.Mails.Count:N0} mails were handed over.");
            await posts.GoOnAsync(order.Each, cancellation);
        }
        finally
        {
            // Else the folder of the drill could not be deleted.
            await handles.SetReadOnlyAsync(files, isSo: false, CancellationToken.None);
        }

        log.AtMost(back, (await posts.UntilAcceptedAsync(cancellation)).TotalSeconds, 30, "s");
    }

    private async Task KilledAsync(DrillServer server, CancellationToken cancellation)
    {
        log.Tell($"(e) The core is killed (kill -9) with {mail.Mails.Count:N0} mails handed over.");
        await server.KillAsync(cancellation);
        await Task.Delay(order.Killed, terminal.Time, cancellation);
        var began = terminal.Time.GetTimestamp();
        await server.RunAsync(cancellation);
        log.AtMost("page is back after the start in", terminal.Time.GetElapsedTime(began).TotalSeconds, 30, "s");
        log.Tell("The core is started again on what is stored.");
    }

    private void Measure(DrillPosts posts, PageReader reader, LedgerSampler ledger)
    {
        var byReader = mail.Mails.ToLookup(static one => one.Recipient, StringComparer.OrdinalIgnoreCase);
        var twice = mail.Mails.Count - mail.Mails.Select(static one => one.MessageId).Distinct().Count();
        log.Exactly("page not answered while the core could run", reader.Failed, 0, "requests");
        log.Exactly("missing", Enumerable.Range(0, order.Mails).Count(i => !byReader[DrillCrowd.AddressOf(i)].Any(IsLast)), 0, "readers");
        log.AtMost("mails that came twice", twice, ledger.AmbiguousOf("email"), "", "at most as many as were counted as ambiguous");
        var marks = LateMarks.Of(mail.Mails, posts.Words);
        if (marks.Late == 0)
        {
            log.NotTried("late mails that do not say so", "nobody waited for five minutes; --real does that");
        }
        else
        {
            log.Exactly("late mails that do not say so", marks.Unmarked, 0, "mails", $"{marks.Late:N0} came more than five minutes late");
        }

        log.Exactly("mails that say so and were not late", marks.Wrong, 0, "mails");
        log.Exactly("ledger violations", ledger.Violations, 0, "", $"{ledger.Samples} samples");
        log.Exactly(
            "something open after it was over",
            Enumerable.Range(0, order.Mails).Sum(i => byReader[DrillCrowd.AddressOf(i)].SkipWhile(static one => !IsLast(one)).Count(static one => !IsLast(one))), 0, "mails");
    }

    /// <summary>The third file is memory that SQLite shares between processes: no store, and whoever cannot write to it dies.</summary>
    private static IEnumerable<string> FilesOf(string database) => new[] { database, database + "-wal" }.Where(File.Exists);

    private static bool IsLast(TakenMail one) => one.Subject.EndsWith(": resolved", StringComparison.Ordinal);

    private static TimeSpan Most(TimeSpan one, int seconds) => one > TimeSpan.FromSeconds(seconds) ? one : TimeSpan.FromSeconds(seconds);

    /// <summary>A reader looks at the page as long as something lasts in which it should be there.</summary>
    private static async Task LookingAsync(PageReader reader, Func<Task> something, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var looking = reader.RunAsync(ending.Token);
        await something();
        await ending.CancelAsync();
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Everybody is to be told something, and some have been.</summary>
    private async Task SomeTakenAsync(DrillPosts posts, CancellationToken cancellation)
    {
        await posts.SayAsync("identified", cancellation);
        await UntilTakenAsync(mail.Mails.Count + (order.Mails / 8), cancellation);
    }

    private async Task<TimeSpan> UntilTakenAsync(int count, CancellationToken cancellation)
    {
        var began = terminal.Time.GetTimestamp();
        while (mail.Mails.Count < count && terminal.Time.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), terminal.Time, cancellation);
        }

        return terminal.Time.GetElapsedTime(began);
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
}
