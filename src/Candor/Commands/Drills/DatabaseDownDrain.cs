using System.Globalization;
using Candor.Commands.Drills.Rig;
using Candor.Journal.Sqlite;
using Candor.Notices.Channels.Email;

namespace Candor.Commands.Drills;

/// <summary>
/// The end of the drill: the mail server sends everybody away, the queue is locked on top of it, both come back, and the
/// server takes so much in a second and no more. How the backlog rises to that, what something fresh waits meanwhile, and
/// what it costs the store.
/// </summary>
internal sealed class DatabaseDownDrain(DrillServer server, MailSink mail, DatabaseDownOrder order, DrillLog log, TimeProvider time)
{
    private const string WatcherDomain = "@search.example";
    private const int WatchersMost = 50;
    private const int WritesBefore = 40;
    private const int ChartWidth = 60;
    private static readonly double Nominal = new EmailKind().Timing.Nominal;

    /// <summary>Longer than anybody waits for a lock: the channel begins anew, and has to know by itself that its server was in trouble.</summary>
    private static readonly TimeSpan LockedLeast = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private int Watchers => Math.Min(WatchersMost, order.Mails / 20);

    /// <summary>Everybody hears of the homepage, and a few of the search alone.</summary>
    public async Task SubscribeAsync(CancellationToken cancellation)
    {
        var components = (await server.MustAsync(HttpMethod.Get, "/api/components", null, cancellation)).GetProperty("components");
        string IdOf(string name) => components.EnumerateArray().Single(one => one.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;
        await DrillCrowd.SubscribeAsync(server, "email", Enumerable.Range(0, order.Mails).Select(DrillCrowd.AddressOf), cancellation, IdOf("Homepage"));
        await DrillCrowd.SubscribeAsync(server, "email", Enumerable.Range(0, Watchers).Select(WatcherOf), cancellation, IdOf("Search"));
        log.Tell($"{order.Mails:N0} are to be told by mail, and {Watchers} of something else.");
    }

    public async Task RunAsync(DrillPosts posts, CancellationToken cancellation)
    {
        var writes = 0;
        var before = await posts.P95OfWritesAsync(() => ++writes > WritesBefore, cancellation);
        mail.Mood = MailMood.Busy;
        log.Tell("(f) The mail server sends everybody away (421).");
        await posts.SayAsync("monitoring", cancellation);
        await Task.Delay(order.Each / 2, time, cancellation);
        using (var other = Database.OpenWriter(Path.Combine(server.Data, "queues", "email.db")))
        {
            other.Execute("BEGIN IMMEDIATE;");
            log.Tell("Another process holds the lock of the queue as well.");
            await Task.Delay(order.Each / 2 > LockedLeast ? order.Each / 2 : LockedLeast, time, cancellation);
            other.Execute("ROLLBACK;");
        }

        var capacity = new SinkCapacity(order.Capacity, time);
        var had = mail.Mails.Count;
        (mail.Capacity, mail.Mood) = (capacity, MailMood.Well);
        var returned = time.GetUtcNow();
        log.Tell($"Both are back; the mail server takes {order.Capacity:0} mails a second.");
        await UntilAsync(() => capacity.Asked.Count >= order.Mails / 10, cancellation);
        var writing = posts.P95OfWritesAsync(() => mail.Mails.Count - had >= order.Mails, cancellation);
        await server.MustAsync(
            HttpMethod.Post, "/api/incidents", """{"title":"Search finds nothing","body":"We are looking.","components":[{"component":"Search","status":"major_outage"}]}""", cancellation);
        var published = time.GetUtcNow();
        log.Tell("Something fresh is published: to be told to a few while the backlog goes out.");
        await UntilAsync(() => mail.Mails.Count - had >= order.Mails + Watchers, cancellation);
        Judge(new([.. capacity.Asked]), returned, capacity);

        var fresh = mail.Mails.Where(one => one.Recipient.EndsWith(WatcherDomain, StringComparison.Ordinal) && one.At >= published).Select(one => (one.At - published).TotalSeconds);
        log.AtMost("fresh notices in the drain, p99", PageReader.Percentile([.. fresh], 0.99), 5, "s", $"{fresh.Count()} of {Watchers}");
        log.AtMost("store's writes in the drain, p95", await writing, Math.Max(2 * before, 10), "ms", string.Create(CultureInfo.InvariantCulture, $"twice the {before:0.#} ms of before, or 10"));
    }

    private static string WatcherOf(int number) => $"watcher{number}{WatcherDomain}";

    private void Judge(DrainCurve curve, DateTimeOffset returned, SinkCapacity capacity)
    {
        log.Tell(string.Create(CultureInfo.InvariantCulture, $"Mails tried in each second from the first on; {curve.PerSecond.DefaultIfEmpty(0).Max():0} at most, {curve.Refused} were too many:"));
        foreach (var bars in curve.Chart(ChartWidth))
        {
            log.Tell(bars);
        }

        var first = capacity.Asked.TryPeek(out var one) ? (one.At - returned).TotalSeconds : Patience.TotalSeconds;
        log.AtMost("drain begins after the return in", first, 60, "s", "a server that was away is tried twice a minute");
        log.Add(
            "drain begins at", curve.PerSecond.Count > 0 ? curve.PerSecond[0] : 0, "mails/s", string.Create(CultureInfo.InvariantCulture, $"<= {Nominal / 20:0}"),
            curve.PerSecond.Count > 0 && curve.PerSecond[0] <= Nominal / 20, string.Create(CultureInfo.InvariantCulture, $"5 % of {Nominal:0}"), curve.PerSecond);
        log.AtMost("drain rises in a second by", curve.LargestRise, Nominal * 0.04, "mails/s", "a tenth of nominal in five seconds is 2 % in one");
        if (curve.AfterStress() is { } share)
        {
            log.AtMost("rate after the server had too much", share, 0.7, "of before", "it is halved");
        }
        else
        {
            log.NotTried("rate after the server had too much", "it never had");
        }

        var ideal = curve.Taken / order.Capacity;
        log.AtMost(
            "drain took", curve.Took.TotalSeconds / ideal, 1.5, "x ideal", string.Create(CultureInfo.InvariantCulture, $"{curve.Took.TotalSeconds:0} s for {curve.Taken:N0} mails"));
    }

    private async Task UntilAsync(Func<bool> isSo, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (!isSo() && time.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellation);
        }
    }
}
