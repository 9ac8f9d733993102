using System.Text.Json;
using System.Text.Json.Nodes;
using Candor.Journal;
using Candor.Journal.Sqlite;
using Candor.Node;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Pages;
using Candor.Tests.Pages.AsOf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Contracts;

/// <summary>
/// Two builds in turn on one journal: this one, and one that does not know the kinds of some subjects. Which seeds are
/// played is said by CANDOR_SEEDS; a failure names its seed.
/// </summary>
public sealed class VersionsMixTests : IDisposable
{
    private const int Turns = 8;

    /// <summary>What the older build has not heard of. Whole subjects: within one, a build has to know all or nothing.</summary>
    private static readonly string[] NewKinds = ["metric.defined", "metric.removed", "template.saved", "template.removed", "audit.recorded"];

    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new(MadeUpWorld.Start);

    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("CANDOR_SEEDS"), out var asked) ? asked : 6;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task P_36_Versions_take_turns_on_one_journal_and_every_event_stays_as_it_was_written()
    {
        var metrics = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var (file, random, facts) = (folder[$"journal-{seed}.db"], new Random(seed), new RandomFacts(seed));
            var (kept, untold, snapshot) = (new List<Envelope>(), new List<Event>(), (Snapshot?)null);
            var (whole, oldest) = (World.Empty, new OldFolding(new(time)));
            for (var turn = 0; turn < Turns; turn++)
            {
                // The newer build, rolled back to the older one, and forward again; once in a while a build newer than both.
                var isOld = turn % 2 == 1;
                var written = await TurnAsync(file, isOld ? oldest : new WorldFolding(time), isOld ? null : WorldSnapshot.From(new(snapshot, null)).Start, journal =>
                    WriteAsync(journal, isOld, turn == 0, facts, random, untold));
                await LaterBuildAsync(file, turn);
                var stored = await StoredAsync(file);

                Assert.True(Same(kept, stored.Take(kept.Count)), $"seed {seed}, turn {turn}: events of before are not as they were");
                kept = stored;
                whole = kept.Aggregate(World.Empty, (world, one) => World.Fold(world, Kinds.Decode(one.Kind, one.Body.Span, one.OccurredAt)));
                snapshot = isOld ? Older(written) : WorldSnapshot.Of(written);
                if (isOld)
                {
                    // Nothing of what the older build made of the world is taken for the whole of it.
                    Assert.Null(WorldSnapshot.From(new(snapshot, null)).Start);
                    Assert.Equal(UnknownIn(kept.Take((int)written.Position.Value), NewKinds), written.State.Unread.Where(static one => one.Value > 0).ToDictionary());
                }
            }

            var newer = await TurnAsync(file, new WorldFolding(time), WorldSnapshot.From(new(snapshot, null)).Start, static _ => Task.CompletedTask);
            Assert.Equal(Json(whole), Json(newer.State));
            Assert.Equal(UnknownIn(kept, []), newer.State.Unread.ToDictionary());
            metrics += newer.State.Metrics.Count;
            Assert.Contains(kept, static one => one.Kind == "later.thing");
        }

        // One in hundreds of seeds has none.
        Assert.NotEqual(0, metrics);
    }

    [Fact]
    public void P_36_A_member_that_a_later_build_added_to_a_fact_is_passed_over()
    {
        foreach (var kind in Kinds.Names)
        {
            var body = JsonNode.Parse(typeof(VersionsMixTests).Assembly.GetManifestResourceStream($"kinds/{kind}.json")!)!.AsObject();
            var now = Kinds.Encode(Kinds.Decode(kind, JsonSerializer.SerializeToUtf8Bytes(body), default));
            body["of_a_later_build"] = new JsonObject { ["x"] = new JsonArray(1, "two", null) };

            Assert.Equal(now, Kinds.Encode(Kinds.Decode(kind, JsonSerializer.SerializeToUtf8Bytes(body), default)));
        }
    }

    /// <summary>Where the world gets another member, an older build's snapshot lacks what the member would hold: the schema has to be raised.</summary>
    [Fact]
    public void P_36_A_world_with_other_members_has_another_schema()
    {
        var members = JournalJson.Default.World.Properties.Select(static one => one.Name).Order(StringComparer.Ordinal);

        Assert.Equal(
            "13: audit components digests former_names formerly_only_for historic_names imports incidents latest_at maintenances metrics monitors on_digest on_duty open_incidents open_maintenances page policy postmortems reminders requests series subscribers templates told unread vantages widget",
            $"{WorldSnapshot.Of(new(World.Empty, Position.Start, default)).Schema}: {string.Join(' ', members)}");
    }

    private async Task<Published<World>> TurnAsync(
        string file, IFolding<World, Event> folding, Published<World>? start, Func<Journal<World, Event>, Task> work)
    {
        using var stopping = new CancellationTokenSource();
        var journal = new Journal<World, Event>(
            async cancellation => await SqliteJournalStore.OpenAsync(file, cancellation), folding, start, time, JournalLimits.Default, NullLogger.Instance);
        var running = journal.RunAsync(stopping.Token);
        await journal.WaitForOpenAsync(Ct);
        await work(journal);
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return journal.Current;
    }

    /// <summary>Some facts; what the older build does not know waits for the newer one.</summary>
    private async Task WriteAsync(Journal<World, Event> journal, bool isOld, bool isFirst, RandomFacts facts, Random random, List<Event> untold)
    {
        if (isFirst)
        {
            await journal.CommitAsync(static _ => MadeUpWorld.Facts().ToArray(), Ct);
        }

        for (var i = random.Next(5, 20); i > 0; i--)
        {
            time.Advance(facts.Pause());
            var next = facts.Next(journal.State, time.GetUtcNow()).ToArray();
            await journal.CommitAsync(_ => next, Ct);
            untold.Add(New(random, time.GetUtcNow()));
        }

        if (!isOld)
        {
            var all = untold.ToArray();
            untold.Clear();
            await journal.CommitAsync(_ => all, Ct);
        }
    }

    private static Event New(Random random, DateTimeOffset at) => random.Next(4) switch
    {
        0 => new MetricDefined(at, new(new($"metric{random.Next(5):000000}"), $"Rate {random.Next(100)}")),
        1 => new MetricRemoved(at, new($"metric{random.Next(5):000000}")),
        _ => new AuditRecorded(at, Actor.Person("ada000000000"), "incident.opened", $"incident{random.Next(10_000):0000}"),
    };

    /// <summary>A build that is newer than both writes what neither knows.</summary>
    private async Task LaterBuildAsync(string file, int turn)
    {
        await using var store = await SqliteJournalStore.OpenAsync(file, Ct);
        await store.AppendAsync(
            store.Head.Position,
            [new("later.thing", JsonSerializer.SerializeToUtf8Bytes(new[] { turn }), time.GetUtcNow(), time.GetUtcNow())], time.GetUtcNow(), Ct);
    }

    private static async Task<List<Envelope>> StoredAsync(string file)
    {
        await using var store = await SqliteJournalStore.OpenAsync(file, Ct);
        var all = new List<Envelope>();
        while (await store.ReadAsync(all.Count == 0 ? Position.Start : all[^1].Position, 500, Ct) is { Count: > 0 } page)
        {
            all.AddRange(page);
        }

        return all;
    }

    private static bool Same(IEnumerable<Envelope> before, IEnumerable<Envelope> after) => before.Zip(after).All(static pair =>
        pair.First with { Body = default } == pair.Second with { Body = default } && pair.First.Body.Span.SequenceEqual(pair.Second.Body.Span));

    private static Dictionary<string, int> UnknownIn(IEnumerable<Envelope> stored, string[] unknown) => stored
        .Where(one => one.Kind == "later.thing" || unknown.Contains(one.Kind)).GroupBy(static one => one.Kind).ToDictionary(static one => one.Key, static one => one.Count());

    /// <summary>The older build's snapshot: its own schema, and nothing of what it does not know.</summary>
    private static Snapshot Older(Published<World> published) => WorldSnapshot.Of(published) is var made ? made with { Schema = made.Schema - 1 } : null!;

    private static string Json(World world) => JsonSerializer.Serialize(world, JournalJson.Default.World);

    /// <summary>A build in which some kinds have not been thought of.</summary>
    private sealed class OldFolding(WorldFolding newer) : IFolding<World, Event>
    {
        public World Initial => newer.Initial;

        public World Fold(World before, Event happened, in Stamp stamp) => newer.Fold(before, happened, stamp);

        public NewEvent Encode(Event happened) => newer.Encode(happened);

        public Event Decode(Envelope stored) =>
            NewKinds.Contains(stored.Kind) ? new UnreadEvent(stored.OccurredAt, stored.Kind) : newer.Decode(stored);
    }
}
