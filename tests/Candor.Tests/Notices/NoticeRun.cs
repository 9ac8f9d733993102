using Candor.Effects;
using Candor.Notices;
using Candor.Notices.Channels;
using Candor.Notices.Ledger;
using Candor.Notices.Queue.Memory;
using Candor.Notices.Streams;
using Candor.Notices.Wording;
using Candor.State;
using Candor.State.Incidents;
using static Candor.Tests.Notices.NoticeWorld;

namespace Candor.Tests.Notices;

/// <summary>
/// Months of trouble from one seed: words at random moments, answers of every kind, silence that arrived and silence that did not, processes and cores that die between any
/// two steps, a queue that is lost. After each step the ledger adds up; whatever arrives is compared with what arrived before.
/// </summary>
internal sealed class NoticeRun(int seed)
{
    private static readonly ChannelTiming Timing = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(24)) { WorkersMost = 8 };

    private readonly Random random = new(seed);
    private readonly MemoryQueueMedium medium = new();
    private readonly List<Sending> inFlight = [];
    private readonly Dictionary<string, (int To, bool Over)> heard = [];
    private readonly List<string> arrived = [];
    private readonly HashSet<Topic> unheard = [];
    private readonly HashSet<string> unsure = [];

    /// <summary>Everything that was ever accepted, by whom nobody counts but this.</summary>
    private readonly Dictionary<StreamKey, HashSet<int>> accepted = [];
    private List<NoticeStream> older = [];

    /// <summary>Programs are told of each thing by itself, people of what is over for long together.</summary>
    private readonly string channel = seed % 2 == 0 ? Channel : "email";
    private World world = Folded(Enumerable.Range(1, 4).Select(number => Joins(number) with { Wishes = new(seed % 2 == 0 ? Channel : "email") }), Start(0));
    private Outbox outbox = null!;
    private DateTimeOffset now = Noon.AddMinutes(1);
    private int ambiguous;
    private int forgotten;
    private int incidents;

    public List<string> Faults { get; } = [];

    /// <summary>Notices that told several things which were over for long.</summary>
    public int OverForLong { get; private set; }

    /// <summary>The keys of everything that arrived, in order.</summary>
    public IReadOnlyList<string> Heard => arrived;

    public void Run(int steps)
    {
        outbox = NewOutbox(lostAt: null);
        for (var step = 0; step < steps; step++)
        {
            Step(random.Next(100));
            Check();
        }

        Calm();
        CheckTheEnd();
    }

    private void Step(int choice)
    {
        switch (choice)
        {
            case < 22:
                Say();
                break;
            case < 42:
                Follow();
                break;
            case < 62:
                Begin();
                break;
            case < 82:
                Answer(wellOnly: false);
                break;
            case < 92:
                TellTheJournal();
                now += random.Next(20) == 0 ? TimeSpan.FromHours(26) : TimeSpan.FromSeconds(random.NextDouble() * Math.Pow(10, random.Next(0, 4)));
                break;
            case < 94:
                TellTheJournal();
                older = random.Next(4) == 0 ? [.. medium.Streams.Values] : older;
                break;
            case < 96:
                WorkerDies();
                break;
            case < 98:
                CoreDies(Loss.None);
                break;
            case < 99:
                SomebodyComesOrGoes();
                break;
            default:
                CoreDies((Loss)random.Next(3));
                break;
        }
    }

    private void Say()
    {
        var open = world.OpenIncidents.Order(Comparer<IncidentId>.Create(static (a, b) => string.CompareOrdinal(a.Value, b.Value))).ToList();
        if (open.Count == 0 || (open.Count < 2 && random.Next(6) == 0))
        {
            var recent = world.Incidents.Values.OrderBy(static incident => incident.Id.Value, StringComparer.Ordinal)
                .FirstOrDefault(incident => incident.ResolvedAt > now.AddMinutes(-10));
            Commit(recent is not null && random.Next(2) == 0
                ? Says(now, recent.Updates.Length + 1, IncidentStatus.Investigating, automatic: random.Next(2) == 0, id: recent.Id)
                : Opens(now, new($"incident{++incidents:0000}"), automatic: random.Next(2) == 0));
            return;
        }

        var one = world.Incidents[open[random.Next(open.Count)]];
        var status = (IncidentStatus)random.Next(1, 4);
        Commit(Says(now, one.Updates.Length + 1, status, automatic: random.Next(2) == 0, quiet: random.Next(8) == 0 && status != IncidentStatus.Resolved, id: one.Id));
    }

    private void Commit(Event happened)
    {
        world = World.Fold(world, happened);
        if (happened is IncidentOpened or IncidentUpdated)
        {
            unheard.UnionWith(world.Incidents.Keys.Select(Topic.Of));
        }
    }

    private void Follow()
    {
        foreach (var topic in unheard.OrderBy(static topic => topic.Value, StringComparer.Ordinal))
        {
            Store(outbox.Accept(world, topic, Now()));
        }

        unheard.Clear();
    }

    private void Begin()
    {
        var begun = outbox.Begin(world, Now(), room: random.Next(1, 5));
        Store(begun.Changed);
        foreach (var stream in begun.Started)
        {
            var message = MessageWriter.Write(new(world, world.Subscribers[stream.Subscriber], stream, now)
            {
                Channel = channel,
                Address = "https://receiver.example/" + stream.Subscriber,
                Others = outbox.GoneWith(stream.Attempt!.Key),
            });
            OverForLong += message.Facts.About == MessageSubject.OverForLong ? 1 : 0;
            inFlight.Add(new(stream.Key, stream.Attempt, message, [.. outbox.GoneWith(stream.Attempt.Key).Prepend(stream).Select(one => new Told(one.Key, one.Attempt!.To, IsOver(one.Topic)))]));
        }
    }

    private void Answer(bool wellOnly)
    {
        if (inFlight.Count == 0)
        {
            return;
        }

        var sending = inFlight[random.Next(inFlight.Count)];
        inFlight.Remove(sending);
        var answer = wellOnly ? 0 : random.Next(12);
        if (answer < 6 || (answer >= 10 && random.Next(2) == 0))
        {
            Arrive(sending);
        }

        Settle(sending, answer switch
        {
            < 6 => Handover.Delivered("200 OK"),
            < 8 => Handover.TryAgain(Blame.Destination, "busy", "503", after: random.Next(3) == 0 ? TimeSpan.FromSeconds(30) : null),
            8 => Handover.TryAgain(Blame.Channel, "login", "535"),
            9 => Handover.Refused(Blame.Recipient, "refused", "404"),
            _ => Handover.Silent("timeout", "no answer"),
        });
    }

    private void Settle(Sending sending, Handover handover)
    {
        if (outbox.Settle(world, sending.Stream, sending.Attempt.Key, handover, Now()) is { } settled)
        {
            Store(settled.Streams);
        }
    }

    private void WorkerDies()
    {
        foreach (var sending in inFlight.ToList())
        {
            var begun = random.Next(2) == 0;
            if (begun && random.Next(2) == 0)
            {
                Arrive(sending);
            }

            Store(outbox.Lose(world, sending.Stream, sending.Attempt.Key, begun, blamed: random.Next(4) == 0, Now()));
        }

        inFlight.Clear();
    }

    private void CoreDies(Loss loss)
    {
        foreach (var sending in inFlight.Where(_ => random.Next(2) == 0))
        {
            Arrive(sending);
        }

        inFlight.Clear();
        ambiguous += outbox.Ambiguous;
        if (loss != Loss.None)
        {
            // What had not been told to the journal yet, and what was under way, is told again: counted, and no more than that.
            forgotten += outbox.Tally.Take().Sum(static one => one.Who.Count) + medium.Streams.Values.Count(static stream => stream.Attempt is not null || stream.MayKnow);
            unsure.UnionWith(medium.Streams.Keys.Where(key => heard.ContainsKey(NoticeKey.ThreadOf(channel, key)) && !IsInTheJournal(key))
                .Select(key => NoticeKey.ThreadOf(channel, key)));
            medium.Streams.Clear();
            accepted.Clear();
            Store(loss == Loss.Older ? older : []);
        }

        outbox = NewOutbox(loss == Loss.All ? now : null);
        unheard.UnionWith(world.Incidents.Keys.Select(Topic.Of));
        if (loss == Loss.Older)
        {
            Store(outbox.Reconcile(world, Now()));
            Store(outbox.Distrust(world, Now(), now));
            Follow();
            foreach (var stream in outbox.Streams.Where(stream => stream.OldestPending?.Seq <= ToldUpTo(stream.Key)))
            {
                Faults.Add($"P-07: the journal knows that they were told up to {ToldUpTo(stream.Key)}: {stream}");
            }
        }
    }

    private void SomebodyComesOrGoes() => Commit(random.Next(2) == 0
        ? Joins(world.Subscribers.Count + 1) with { At = now, Wishes = new(channel) }
        : new SubscriberLeft(now, IdOf(random.Next(1, world.Subscribers.Count + 1))));

    private void TellTheJournal()
    {
        var batch = outbox.Tally.Take();
        if (batch.Count > 0)
        {
            Commit(new NoticesHandedOver(now, channel, [.. batch]));
        }
    }

    /// <summary>Everything works again and time passes: what can be told is told.</summary>
    private void Calm()
    {
        foreach (var id in world.OpenIncidents.OrderBy(static id => id.Value, StringComparer.Ordinal).ToList())
        {
            Commit(Says(now, world.Incidents[id].Updates.Length + 1, IncidentStatus.Resolved, id: id));
        }

        for (var i = 0; i < 4000 && (i < 5 || inFlight.Count > 0 || outbox.Waiting > 0); i++)
        {
            Follow();
            Begin();
            while (inFlight.Count > 0)
            {
                Answer(wellOnly: true);
            }

            now += TimeSpan.FromSeconds(20);
            Check();
        }
    }

    private void Check()
    {
        if (!outbox.Total.AddUp)
        {
            Faults.Add($"P-29: the ledger does not add up: {outbox.Total}");
        }

        // What is counted as it happens and what the rows say are the same.
        var stored = medium.Streams.Values.GroupBy(static stream => stream.Topic)
            .Select(static rows => rows.Aggregate(Counts.None, static (sum, row) => sum.With(null, row)))
            .Aggregate(Counts.None, static (sum, one) => sum.Plus(one));
        if (stored != outbox.Total with { Accepted = 0 } || outbox.Recounted() != outbox.Total)
        {
            Faults.Add($"P-29: stored {stored}, counted {outbox.Total}");
        }

        if (outbox.Total.Accepted != accepted.Values.Sum(static seqs => seqs.Count))
        {
            Faults.Add($"P-29: {accepted.Values.Sum(static seqs => seqs.Count)} were accepted, counted {outbox.Total.Accepted}");
        }

        foreach (var (key, seqs) in accepted)
        {
            if (!medium.Streams.TryGetValue(key, out var row) || !seqs.SetEquals(row.Pieces.Select(static piece => piece.Seq)))
            {
                Faults.Add($"P-29: of {key} {string.Join(' ', seqs)} were accepted, there is {row}");
            }
        }
    }

    private void CheckTheEnd()
    {
        foreach (var stream in outbox.Streams.Where(static stream => stream.HasPending))
        {
            Faults.Add($"missing: {stream.Key} is still pending: {stream}");
        }

        foreach (var (thread, (_, over)) in heard.Where(one => !one.Value.Over && !unsure.Contains(one.Key)))
        {
            var stream = outbox.Streams.FirstOrDefault(one => NoticeKey.ThreadOf(channel, one.Key) == thread);
            var mayStayOpen = stream is null || !world.Subscribers[stream.Subscriber].IsTold
                || stream.Pieces[^1].State is PieceState.Failed or PieceState.Expired;
            if (!mayStayOpen)
            {
                Faults.Add($"told open and never closed: {stream}");
            }
        }

        var twice = arrived.Count - arrived.Distinct(StringComparer.Ordinal).Count();
        if (twice > ambiguous + outbox.Ambiguous + forgotten)
        {
            Faults.Add($"{twice} came twice, only {ambiguous + outbox.Ambiguous} + {forgotten} attempts were ambiguous");
        }
    }

    private void Arrive(Sending sending)
    {
        arrived.Add(sending.Message.Key);
        foreach (var told in sending.Told)
        {
            var facts = sending.Message.Facts.Parts is { IsEmpty: false } parts ? parts.First(part => part.Id == told.Stream.Topic.Incident!.Value.Value) : sending.Message.Facts;
            Arrive(told, NoticeKey.ThreadOf(channel, told.Stream), facts);
        }
    }

    private void Arrive(Told told, string thread, MessageFacts facts)
    {
        var over = facts.EndedAt is not null;
        if (over != told.WasOver)
        {
            Faults.Add($"P-30: {facts.Status} was rendered of what was {(told.WasOver ? "over" : "open")}");
        }

        if (heard.TryGetValue(thread, out var before))
        {
            if (told.To < before.To)
            {
                Faults.Add($"P-31: update {told.To} arrived after {before.To} at {told.Stream}");
            }

            if (before.Over && !over && told.To <= before.To)
            {
                Faults.Add($"P-30: open after closed at {told.Stream}");
            }
        }

        heard[thread] = (Math.Max(before.To, told.To), over);
    }

    private bool IsOver(Topic topic) => !world.Incidents[topic.Incident!.Value].IsOpen;

    private void Store(IEnumerable<NoticeStream> changed)
    {
        foreach (var stream in changed)
        {
            medium.Streams[stream.Key] = stream;
            if (!accepted.TryGetValue(stream.Key, out var seqs))
            {
                accepted[stream.Key] = seqs = [];
            }

            seqs.UnionWith(stream.Pieces.Select(static piece => piece.Seq));
        }
    }

    private bool IsInTheJournal(StreamKey key) => ToldUpTo(key) > 0;

    private int ToldUpTo(StreamKey key) =>
        world.Told.GetValueOrDefault(key.Topic, []).Select(told => told.SeqOf(world.Subscribers[key.Subscriber].Number)).FirstOrDefault();

    private Outbox NewOutbox(DateTimeOffset? lostAt)
    {
        var made = new Outbox(channel, Timing, static id => id.Value[^1] % 2 == 0 ? "receiver.example" : "other.example", random.NextDouble) { MadeAnewAt = lostAt };
        foreach (var stored in medium.Streams.Values.OrderBy(static stream => stream.Key.ToString(), StringComparer.Ordinal).ToList())
        {
            if (made.Restore(stored, world, Now()) is { } changed)
            {
                Store([changed]);
            }
        }

        if (lostAt is null)
        {
            made.TellWhatTheJournalDoesNotKnow(world);
        }

        return made;
    }

    private Moment Now() => new(now, now - Noon);

    /// <summary>What becomes of the queue when everything ends.</summary>
    private enum Loss
    {
        None,
        All,

        /// <summary>Somebody puts an older one back, or the end of its log is gone.</summary>
        Older,
    }

    private sealed record Sending(StreamKey Stream, Attempt Attempt, Message Message, IReadOnlyList<Told> Told);

    private readonly record struct Told(StreamKey Stream, int To, bool WasOver);
}
