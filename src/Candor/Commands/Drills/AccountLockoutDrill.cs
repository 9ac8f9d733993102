using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Candor.Commands.Drills.Rig;
using Candor.Effects;
using Candor.State;

namespace Candor.Commands.Drills;

/// <summary><c>candor drill account-lockout</c>: the publisher is gone with everything that was there, and its mirror is elsewhere.</summary>
internal static class AccountLockoutDrill
{
    public static Command Create(Terminal terminal)
    {
        var seconds = new Option<int>("--seconds") { Description = "How long the account is locked.", DefaultValueFactory = _ => 180 };
        var json = CommonOptions.Json();
        var command = new CandorCommand("account-lockout", "Take the publisher away with its state, go on with what is elsewhere, and measure what readers see and what is lost.")
        {
            Options = { seconds, json },
            Examples = [("candor drill account-lockout", "the whole drill, about five minutes"), ("candor drill account-lockout --seconds 65", "a short one: a mirror waits 50 s before it calls the publisher silent")],
        };
        command.SetAction(async (parsed, stopping) =>
        {
            var log = new DrillLog("account-lockout", terminal, parsed.GetValue(json));
            return await new AccountLockout(TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(seconds), 60, 3_600)), log, terminal).RunAsync(stopping);
        });
        return command;
    }
}

/// <summary>
/// The drill itself. In the account that is locked: the publisher and all that it stored, with a cache before it that goes on
/// answering. Elsewhere: its mirror, a key to post with, two agents that look for it, and another Candor that watches it.
/// </summary>
internal sealed class AccountLockout(TimeSpan locked, DrillLog log, Terminal terminal)
{
    private static readonly string CacheAlone = Languages.Language.English.Names.Of(StillAnswers.Cache);
    private const string Home = "https://mirror.drill.example/";
    private const string Well = "operational";
    private const string Gone = "major_outage";
    private const int Webhooks = 5;
    private const int Mailboxes = 20;
    private const int Uploads = 20;
    private const string Silent = "The publisher has been silent since";
    private const string About = "--about ";
    private const string First = "We lost our account and are on it.";
    private const string Second = "The provider has answered; it takes another hour.";
    private static readonly string[] Places = ["north", "south"];
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(3);

    private readonly HookSink hooks = new(terminal.Time);
    private readonly MailSink first = new(terminal.Time);
    private readonly MailSink second = new(terminal.Time);
    private readonly string elsewhere = Directory.CreateTempSubdirectory("candor-drill-elsewhere-").FullName;
    private readonly List<DrillProcess> agents = [];
    private string incident = "";

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var http = DrillHttp.Client(terminal.Time);
        try
        {
            await using var sinks = await Sinks.OpenAsync(first, hooks.TakeAsync, cancellation);
            await using var provider = await Sinks.OpenAsync(second, static _ => Task.CompletedTask, cancellation);
            await using var origin = await DrillServer.StartAsync(OriginOf(sinks), terminal, cancellation);
            await using var cache = await StaleCache.OpenAsync(origin.Page, http, cancellation);
            await using var notes = await Notebook.OpenAsync(cancellation);
            await using var before = await StaleCache.OpenAsync(notes.Address, http, cancellation);
            await using var watcher = await DrillServer.StartAsync(WatcherOf(sinks, cache, before, origin), terminal, cancellation);
            var key = await SayAsync(["mirror", "key", "--data", origin.Data], cancellation);
            await SayAsync(["mirror", "emergency", "--out", EmergencyKey, "--data", origin.Data], cancellation);
            await SayAsync(["mirror", "contacts", "--out", ContactsKey, "--data", origin.Data], cancellation);
            var (process, line) = await DrillProcess.StartAsync(
                ["mirror", "--of", origin.Page.ToString(), "--key", key, "--listen", "http://127.0.0.1:0", "--data", Mirrored, "--contacts", "$CONTACTS",
                 "--mail", string.Create(CultureInfo.InvariantCulture, $"smtp://127.0.0.1:{provider.MailPort}"), "--mail-from", "mirror@drill.example", "--home", Home],
                terminal.Time, cancellation, ["env", $"CONTACTS={(await File.ReadAllTextAsync(Path.Combine(origin.Data, Mirrors.Telling.ContactsGrant.TokenFile), cancellation)).Trim()}"]);
            await using var mirrored = process;
            var mirror = new Uri(line[(line.LastIndexOf("http://", StringComparison.Ordinal))..].Trim());
            await AgentsAsync(origin, cancellation);
            await DrillCrowd.SubscribeAsync(origin, "webhook", Enumerable.Range(0, Webhooks).Select(i => new Uri(sinks.Hook, $"/{i}").ToString()), cancellation);
            await DrillCrowd.SubscribeAsync(origin, "email", Enumerable.Range(0, Mailboxes).Select(DrillCrowd.AddressOf), cancellation);
            var opened = await origin.MustAsync(HttpMethod.Post, "/api/incidents", """{"title":"Orders are slow","body":"We are looking.","components":[{"component":"Homepage","status":"degraded_performance"}]}""", cancellation);
            incident = opened.GetProperty("id").GetString()!;
            await AllIsWellAsync(origin, watcher, http, mirror, cancellation);
            await DrillAsync(origin, notes, watcher, http, mirror, cancellation);
            return log.End();
        }
        finally
        {
            foreach (var agent in agents)
            {
                await agent.DisposeAsync();
            }

            Directory.Delete(elsewhere, recursive: true);
        }
    }

    private string EmergencyKey => Path.Combine(elsewhere, "emergency.key");

    private string ContactsKey => Path.Combine(elsewhere, "contacts.key");

    private string Mirrored => Path.Combine(elsewhere, "mirror");

    private static string OriginOf(Sinks sinks) => DrillServer.SettingsOf(sinks.MailPort).Replace("  - name: Homepage", "  - { name: Homepage, monitors: [home] }", StringComparison.Ordinal) + $$"""

        vantage: { controls: ["127.0.0.1:{{sinks.Hook.Port}}"], places: [{{string.Join(", ", Places)}}] }
        monitors:
          home: { tcp: "127.0.0.1:{{sinks.Hook.Port}}", every: 2s, timeout: 2s }
        """;

    /// <summary>
    /// Somebody else's Candor: it looks at the page as readers get it, past the cache, and at the origin itself, and it writes to
    /// what else is in that account. It waits before it says anything, so that it says all at once.
    /// </summary>
    private static string WatcherOf(Sinks sinks, StaleCache cache, StaleCache notes, DrillServer origin) => $$"""
        page: { name: Watch of Heron, url: "http://127.0.0.1:8080" }
        egress: { allow: [127.0.0.0/8] }
        vantage: { controls: ["127.0.0.1:{{sinks.Hook.Port}}"] }
        incidents: { open_after: 25s }
        components:
          - { name: Cached, monitors: [cached] }
          - { name: Page, monitors: [page] }
          - { name: Control plane, monitors: [control] }
          - { name: Notes, monitors: [notes] }
          - { name: Homepage, monitors: [cached, page, notes] }
        monitors:
          notes: { write_read: "{{new Uri(notes.Address, "/note")}}", read: { past_cache: true, within: 1s }, every: {{WatchEvery.TotalSeconds}}s, timeout: 3s }
          cached: { http: "{{cache.Address}}", every: {{WatchEvery.TotalSeconds}}s, timeout: 3s }
          page: { http: "{{cache.Address}}", past_cache: true, every: {{WatchEvery.TotalSeconds}}s, timeout: 3s }
          control: { http: "{{new Uri(origin.Operators, "/healthz")}}", every: {{WatchEvery.TotalSeconds}}s, timeout: 3s }
        """;

    private async Task AgentsAsync(DrillServer origin, CancellationToken cancellation)
    {
        foreach (var place in Places)
        {
            var code = (await origin.MustAsync(HttpMethod.Post, "/api/places", $$"""{"name":"{{place}}","private_networks":true}""", cancellation)).GetProperty("code").GetString()!;
            agents.Add((await DrillProcess.StartAsync(
                ["agent", "--server", origin.Page.ToString(), "--code", code, "--data", Path.Combine(elsewhere, place)], terminal.Time, cancellation)).Process);
        }
    }

    private async Task AllIsWellAsync(DrillServer origin, DrillServer watcher, HttpClient http, Uri mirror, CancellationToken cancellation)
    {
        await UntilAsync("the mirror has the incident", async () => (await PageAsync(http, mirror, cancellation)).Contains("Orders are slow", StringComparison.Ordinal), cancellation);
        await UntilAsync("the page's mirrors are told the emergency key", async () => Encoding.UTF8.GetString(await origin.ReadAsync(Mirrors.MirrorEndpoints.Manifest, cancellation)).Contains("\"emergency\":\"", StringComparison.Ordinal), cancellation);
        await UntilAsync("both agents look", async () => await CaughtUpAsync(origin, cancellation), cancellation);
        await UntilAsync("the watcher sees everything", async () => (await WatchedAsync(watcher, cancellation)).TrueForAll(static status => status == Well), cancellation);
        await UntilAsync("the subscribers were told", () => Task.FromResult(hooks.Hooks.Count >= Webhooks && first.Mails.Count >= Mailboxes), cancellation);
        await UntilAsync("the mirror holds the contacts of them all", async () => await HeldAsync(cancellation) == Mailboxes, cancellation);
        await Task.Delay(TimeSpan.FromSeconds(12), terminal.Time, cancellation);
        log.Tell($"A publisher in an incident, a cache before it; elsewhere its mirror, agents in {string.Join(" and ", Places)}, and somebody else's Candor that watches. {hooks.Hooks.Count + first.Mails.Count} notices went out.");
    }

    /// <summary>How many people are in the contacts that lie on the mirror's disk.</summary>
    private async Task<int> HeldAsync(CancellationToken cancellation)
    {
        var file = Path.Combine(Mirrored, Mirrors.Telling.HeldContacts.FileName);
        using var opens = Mirrors.Telling.ContactsKey.Read(new SystemDisk(), ContactsKey)!;
        return File.Exists(file) ? Mirrors.Telling.SealedContacts.Read(opens.Publisher, await File.ReadAllBytesAsync(file, cancellation)).Contacts?.Header.Count ?? 0 : 0;
    }

    private async Task DrillAsync(DrillServer origin, Notebook notes, DrillServer watcher, HttpClient http, Uri mirror, CancellationToken cancellation)
    {
        var reader = new PageReader(token => http.GetByteArrayAsync(mirror, token), terminal.Time) { Phase = "locked" };
        var ledger = new LedgerSampler(origin, terminal.Time);
        await ledger.LookAsync(cancellation);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = reader.RunAsync(ending.Token);

        var uploads = new DrillUploads(origin, terminal.Time, Uploads);
        var sending = uploads.RunAsync(ending.Token);
        await UntilAsync("every upload has begun", () => Task.FromResult(uploads.AreUnderWay), cancellation);
        var began = terminal.Time.GetTimestamp();
        var inFlight = uploads.Unfinished;
        notes.Lock(true);
        await origin.LockAsync(cancellation);
        log.Tell($"The account is locked with {inFlight} uploads under way: the publisher is killed, and what it stored is out of reach.");
        await Task.WhenAll(WatchAsync(watcher, began, cancellation), PostAsync(http, mirror, began, cancellation));
        var left = locked - terminal.Time.GetElapsedTime(began);
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, terminal.Time, cancellation);

        var told = hooks.Hooks.Count + first.Mails.Count;
        notes.Lock(false);
        await origin.UnlockAsync(cancellation);
        var back = terminal.Time.GetTimestamp();
        log.Tell("The account is given back: the publisher starts on what it had stored.");
        await ReturnAsync(origin, http, mirror, back, cancellation);
        var whole = await TakesAsync(back, () => Task.FromResult(sending.IsCompleted), cancellation);
        log.Exactly("uploads under way at the cut", inFlight, Uploads, "");
        log.AtMost("uploads whole after the return in", whole.TotalSeconds, 60, "s", "each goes on from what was acknowledged");
        log.AtMost("chunks that one upload sent twice", uploads.RepeatedMost, 1, "");
        await Task.Delay(TimeSpan.FromSeconds(10), terminal.Time, cancellation);
        var notices = hooks.Hooks.Count + first.Mails.Count - told;
        log.Exactly("uploads lost", await uploads.LostAsync(incident, cancellation), 0, "", "named by words and read back whole");
        await ledger.LookAsync(cancellation);
        await ending.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        log.Exactly("notices after the return", notices, 0, "", "nobody is told of what is over, nor of places that were blind");
        log.Exactly("page not answered by the mirror", reader.Failed, 0, "requests", string.Create(CultureInfo.InvariantCulture, $"p99 {reader.P99("locked"):0.##} ms"));
        log.Exactly("ledger violations", ledger.Violations, 0, "", $"{ledger.Samples} samples");
        await origin.KillAsync(cancellation);
        await SayAsync(["verify", "--data", origin.Data], cancellation);
        log.Tell("The journal was walked from its first event to its last: no gap, no break in the chain.");
    }

    /// <summary>Whoever looks at the page as a reader is told by the cache that all is well.</summary>
    private async Task WatchAsync(DrillServer watcher, long began, CancellationToken cancellation)
    {
        async Task PastCacheAsync()
        {
            var seen = await TakesAsync(began, async () => (await WatchedAsync(watcher, cancellation))[1] == Gone, cancellation);
            log.AtMost("outage seen past the cache after", seen.TotalSeconds, 2 * WatchEvery.TotalSeconds + 3, "s", "two intervals, and the timeout of a look");
        }

        async Task WriteAsync()
        {
            var refused = await TakesAsync(began, async () => (await WatchedAsync(watcher, cancellation))[3] == Gone, cancellation);
            log.AtMost("outage seen by a synthetic write after", refused.TotalSeconds, 2 * WatchEvery.TotalSeconds + 3, "s", "through a cache that goes on answering");
        }

        await Task.WhenAll(PastCacheAsync(), WriteAsync());
        var both = await TakesAsync(began, async () => await WatchedAsync(watcher, cancellation) is [_, Gone, Gone, Gone, _], cancellation);
        log.AtMost("page and control plane known to be gone after", both.TotalSeconds, 60, "s");
        var said = await TakesAsync(began, async () => Encoding.UTF8.GetString(await watcher.ReadAsync("/api/v2/incidents/unresolved.json", cancellation)).Contains(CacheAlone, StringComparison.Ordinal), cancellation);
        log.AtMost("incident says that only the cache answers after", said.TotalSeconds, 60, "s", $"“{CacheAlone}”");
        log.Exactly("cached copy judged to fail", (await WatchedAsync(watcher, cancellation))[0] == Well ? 0 : 1, 0, "", "readers get it all along: a look at the page as it comes says nothing of the origin");
        log.Tell("From outside, the page past its cache and the control plane are both gone; what the cache answers is still well.");
    }

    private async Task PostAsync(HttpClient http, Uri mirror, long began, CancellationToken cancellation)
    {
        var silent = await TakesAsync(began, async () => (await PageAsync(http, mirror, cancellation)).Contains(Silent, StringComparison.Ordinal), cancellation);
        log.AtMost("mirror says that the publisher is silent after", silent.TotalSeconds, 60, "s");
        log.Tell("The mirror says on every page since when the publisher is silent.");
        string[] post = ["mirror", "post", "--to", mirror.ToString(), "--key-file", EmergencyKey, "--title", "Everything is down"];
        var said = await SayAsync([.. post, "--body", First, "--tell", ContactsKey, "--home", Home], cancellation);
        var told = await TakesAsync(began, () => Task.FromResult(second.Mails.Count >= Mailboxes), cancellation);
        var shown = await TakesAsync(began, async () => (await PageAsync(http, mirror, cancellation)).Contains(First, StringComparison.Ordinal), cancellation);
        log.AtMost("emergency bulletin on the mirror after", shown.TotalSeconds, 120, "s", "posted once the banner stood");
        log.AtMost("people told through a second provider after", told.TotalSeconds, 120, "s", "by the mirror's own mail account, from contacts that lay sealed on it");
        log.Exactly("people told twice or not at all", Math.Abs(second.Mails.Count - Mailboxes) + Math.Abs(second.Mails.Select(static mail => mail.Recipient).Distinct().Count() - Mailboxes), 0, "");
        log.Exactly("mails whose way out leads elsewhere than to the mirror", second.Mails.Count(static mail => !mail.Leave.StartsWith($"<{Home}unsubscribe/", StringComparison.Ordinal)), 0, "");
        log.Exactly("addresses readable on the mirror's disk", await ReadableAsync(cancellation), 0, "", "once they had been told");
        log.Tell("A bulletin, signed with the key that was kept elsewhere, is on the mirror.");
        await SayAsync([.. post, "--about", Named(said), "--status", "identified", "--body", Second], cancellation);
        log.Tell("A second one goes on from it.");
    }

    /// <summary>The bulletin that the command says to go on from.</summary>
    private static string Named(string said) =>
        said[(said.IndexOf(About, StringComparison.Ordinal) + About.Length)..].Split('\n', 2)[0].Trim();

    /// <summary>Files of the mirror that hold something of an address.</summary>
    private async Task<int> ReadableAsync(CancellationToken cancellation)
    {
        var readable = 0;
        foreach (var file in Directory.GetFiles(Mirrored).Where(static file => Path.GetFileName(file) != "lock"))
        {
            readable += Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, cancellation)).Contains("@domain", StringComparison.Ordinal) ? 1 : 0;
        }

        return readable;
    }

    private async Task ReturnAsync(DrillServer origin, HttpClient http, Uri mirror, long back, CancellationToken cancellation)
    {
        var folded = await TakesAsync(back, async () => await SaidAsync(origin, First, cancellation) > 0 && await SaidAsync(origin, Second, cancellation) > 0, cancellation);
        log.AtMost("bulletins in the journal after the return in", folded.TotalSeconds, 60, "s");
        var handed = await TakesAsync(back, async () => !(await PageAsync(http, mirror, cancellation)).Contains("said by this mirror", StringComparison.OrdinalIgnoreCase), cancellation);
        log.AtMost("mirror shows the publisher's page alone after", handed.TotalSeconds, 60, "s");
        var caughtUp = await TakesAsync(back, async () => await CaughtUpAsync(origin, cancellation), cancellation);
        log.AtMost("agents have handed in what they saw after", caughtUp.TotalSeconds, 60, "s");
        log.Tell("The bulletins stand in the journal, the mirror follows again, and the agents have handed in what they saw meanwhile.");
        var rows = await RowsAsync(origin, cancellation);
        log.Exactly("chunks that agents gave up", rows.Sum(static row => row.GetProperty("dropped").GetInt64()), 0, "");
        log.Exactly("readings that were not taken", rows.Sum(static row => row.GetProperty("ignored").GetInt64()), 0, "");
        log.Add("readings that came late", rows.Sum(static row => row.GetProperty("late").GetInt64()), "", "> 0", rows.All(static row => row.GetProperty("late").GetInt64() > 0), "they fill the charts and change nothing");
        log.Exactly("bulletins lost or doubled", Math.Abs(await SaidAsync(origin, First, cancellation) - 1) + Math.Abs(await SaidAsync(origin, Second, cancellation) - 1), 0, "");
    }

    /// <summary>How often the publisher's history has these words.</summary>
    private static async Task<int> SaidAsync(DrillServer origin, string words, CancellationToken cancellation) =>
        JsonElement.Parse(await origin.ReadAsync("/api/v2/incidents.json", cancellation)).GetProperty("incidents").EnumerateArray()
            .SelectMany(static incident => incident.GetProperty("incident_updates").EnumerateArray())
            .Count(update => update.GetProperty("body").GetString() == words);

    /// <summary>The statuses of what the watcher looks at, in the order of its settings.</summary>
    private static async Task<List<string>> WatchedAsync(DrillServer watcher, CancellationToken cancellation) =>
        [.. JsonElement.Parse(await watcher.ReadAsync("/api/v2/components.json", cancellation)).GetProperty("components").EnumerateArray()
            .Select(static one => one.GetProperty("candor").GetProperty("known").GetBoolean() ? one.GetProperty("status").GetString()! : "unknown")];

    private static async Task<bool> CaughtUpAsync(DrillServer origin, CancellationToken cancellation) =>
        (await RowsAsync(origin, cancellation)).All(static row => row.GetProperty("status").GetString() == "live"
            && row.TryGetProperty("waiting", out var waiting) && waiting.GetInt32() == 0 && row.TryGetProperty("lag_seconds", out _));

    private static async Task<List<JsonElement>> RowsAsync(DrillServer origin, CancellationToken cancellation)
    {
        var (status, body) = await origin.SendAsync(HttpMethod.Get, "/api/places", null, cancellation);
        return status == System.Net.HttpStatusCode.OK
            ? [.. body.GetProperty("places").EnumerateArray().Where(static row => Places.Contains(row.GetProperty("name").GetString()))]
            : [JsonElement.Parse("""{"status":"not answered"}"""u8)];
    }

    private static async Task<string> PageAsync(HttpClient http, Uri mirror, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(mirror, cancellation);
        return await answer.Content.ReadAsStringAsync(cancellation);
    }

    private Task<string> SayAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) => DrillProcess.SayAsync(arguments, terminal.Time, cancellation);

    /// <summary>How long after an instant it is so; as long as is waited for at most where it never is.</summary>
    private async Task<TimeSpan> TakesAsync(long since, Func<Task<bool>> isSo, CancellationToken cancellation)
    {
        var began = terminal.Time.GetTimestamp();
        while (terminal.Time.GetElapsedTime(began) < AtMost && !await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), terminal.Time, cancellation);
        }

        return terminal.Time.GetElapsedTime(since);
    }

    private async Task UntilAsync(string what, Func<Task<bool>> isSo, CancellationToken cancellation)
    {
        if (await TakesAsync(terminal.Time.GetTimestamp(), isSo, cancellation) >= AtMost)
        {
            throw new CommandFault($"The drill could not begin: it was waited in vain until {what}.", "Run it on a machine that does nothing else.");
        }
    }
}
