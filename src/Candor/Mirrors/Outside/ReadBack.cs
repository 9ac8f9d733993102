using System.Collections.Immutable;
using Candor.Journal;
using Candor.Languages;
using Candor.Pages;
using Candor.Pages.Wording;
using Candor.State;
using Candor.State.Incidents;
using Candor.Watching;

namespace Candor.Mirrors.Outside;

/// <summary>
/// Reads the page back where readers get it, from its own address and from each mirror, and says to operators where they get
/// something else than was published. A word counts as published once it was read back everywhere.
/// </summary>
internal sealed partial class ReadBack(
    OutsideReader reader, Func<Published<World>> journal, SelfLog self, TimeProvider time, ILogger<ReadBack> logger)
{
    private const int IncidentsMax = 3;
    private const int PendingMax = 16;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookIdle = TimeSpan.FromSeconds(5);

    /// <summary>A word that is new is looked for so often, for so long; then as often as everything else.</summary>
    private static readonly TimeSpan WhileNew = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan IsNew = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan IsLate = TimeSpan.FromHours(24);

    private readonly PublishedPages published = new(time);
    private readonly List<PendingWords> pending = [];
    private volatile ReadBackPlan plan = ReadBackPlan.Nothing;
    private volatile IReadOnlyList<ReaderAddress> addresses = [];
    private HashSet<string> raised = [];
    private long? readAt;

    /// <summary>How each address stands; empty where none is named.</summary>
    public IReadOnlyList<ReaderAddress> Addresses => addresses;

    /// <summary>Other addresses from now on; those that stay keep what is known of them.</summary>
    public void Configure(ReadBackPlan said) => plan = said;

    /// <summary>What readers are given here from now on. Returns at once.</summary>
    public void Note(Edition edition)
    {
        if (Addresses.Count > 0)
        {
            published.Note(edition);
        }
    }

    /// <summary>Where an update of an incident was read back; null where nothing is read back, or no reader sees it.</summary>
    public ReadBackState? Of(IncidentId incident, int seq)
    {
        var all = Addresses;
        return all.Count == 0 ? null : new(all.Count(one => one.Words.GetValueOrDefault(incident).Seq >= seq), all.Count);
    }

    public async Task RunAsync(IEditionSource editions, CancellationToken stopping)
    {
        while (true)
        {
            await LookAsync(editions, stopping);
            await Task.Delay(Addresses.Count == 0 ? LookIdle : Look, time, stopping);
        }
    }

    /// <summary>Reads where it is due. A page that is for some readers only is not read: it would take their permission.</summary>
    internal async Task LookAsync(IEditionSource editions, CancellationToken stopping)
    {
        Apply(plan);
        var edition = editions.Edition;
        if (Addresses.Count == 0 || edition is not { IsClosed: false, IsRestored: false, Front.Count: > 0 })
        {
            return;
        }

        published.Note(edition);
        var current = journal();
        var words = WordsOf(current, edition, time.GetUtcNow());
        if (readAt is not { } at || time.GetElapsedTime(at) >= (HasNews(words, current.State) ? WhileNew : plan.Every))
        {
            readAt = time.GetTimestamp();
            await ReadAllAsync(editions, words, stopping);
        }
    }

    /// <summary>Reads every address once, all of them at the same time.</summary>
    private async Task ReadAllAsync(IEditionSource editions, PendingWords words, CancellationToken stopping)
    {
        if (pending.Count == 0 || pending[^1].Position != words.Position)
        {
            pending.Add(words);
        }

        string[] paths = ["/", "/status.json", .. words.Words.OrderByDescending(word => IsUnread(word)).Select(static word => Links.PathOf(word.Key)).Take(IncidentsMax)];
        var before = Addresses;
        var readings = new List<Task<IReadOnlyList<PageReading>>>();
        foreach (var address in before)
        {
            readings.Add(ReadAsync(address.Address, paths, stopping));
        }

        var read = new List<ReaderAddress>();
        for (var i = 0; i < before.Count; i++)
        {
            var got = await readings[i];
            published.Note(editions.Edition);
            var (now, stamp) = (time.GetUtcNow(), time.GetTimestamp());
            var after = before[i].Read(got, published, plan.Within, now, stamp, from => time.GetElapsedTime(from, stamp));
            read.Add(pending.Aggregate(after, (address, one) => address.Prove(one, now)) is var proven
                ? proven with { Words = proven.Words.Where(word => words.Words.ContainsKey(word.Key)).ToImmutableDictionary() } : after);
        }

        addresses = read;
        pending.RemoveAll(one => one.Position < words.Position && read.All(address => address.ReadTo >= one.Position));
        pending.RemoveRange(0, Math.Max(0, pending.Count - PendingMax));
        Say(read);
    }

    private async Task<IReadOnlyList<PageReading>> ReadAsync(Uri address, string[] paths, CancellationToken stopping)
    {
        var read = new List<PageReading>();
        foreach (var path in paths)
        {
            read.Add(await reader.ReadAsync(address, path, stopping));
            if (read[^1].Trouble is not null)
            {
                break;
            }
        }

        return read;
    }

    private void Say(List<ReaderAddress> read)
    {
        var faults = read.Where(address => address.IsFault(plan.Within)).ToList();
        foreach (var address in faults.Where(address => !raised.Contains(address.Address.AbsoluteUri)))
        {
            LogWrong(address.Address, address.Wrong!);
        }

        foreach (var address in read.Where(address => raised.Contains(address.Address.AbsoluteUri) && !faults.Contains(address)))
        {
            LogRight(address.Address);
        }

        raised = [.. faults.Select(static address => address.Address.AbsoluteUri)];
        self.Set(
            "read back", Gravity.Private,
            faults.Count == 0 ? null : $"Readers do not get what is published here at {Language.English.Lists.Count(faults.Count, "address", "addresses")} of {read.Count}.",
            string.Join("; ", faults.Select(static address => $"{address.Address}: {address.Wrong}, for {Language.English.Spans.Words(address.WrongFor)}")) + ".");
    }

    private void Apply(ReadBackPlan said)
    {
        if (said.From.SequenceEqual(Addresses.Select(static one => one.Address)))
        {
            return;
        }

        var before = Addresses.ToDictionary(static one => one.Address);
        addresses = [.. said.From.Select(one => before.GetValueOrDefault(one) ?? new(one))];
        if (said.From.IsEmpty)
        {
            raised.Clear();
            self.Clear("read back");
        }
    }

    /// <summary>The newest word of each incident that readers see and that is open, or was until lately.</summary>
    private static PendingWords WordsOf(Published<World> current, Edition edition, DateTimeOffset now) => new(
        current.Position.Value,
        edition.Front.Keys
            .Where(static path => path.StartsWith(Links.Incidents, StringComparison.Ordinal))
            .Select(path => current.State.Incidents.GetValueOrDefault(new(path[Links.Incidents.Length..])))
            .OfType<Incident>()
            .Where(incident => !incident.Updates.IsEmpty && (incident.IsOpen || now - incident.UpdatedAt < IsLate))
            .ToImmutableDictionary(static incident => incident.Id, static incident => incident.Updates[^1].Seq));

    private bool HasNews(PendingWords words, World world) => words.Words.Any(word =>
        time.GetUtcNow() - world.Incidents[word.Key].UpdatedAt < IsNew && IsUnread(word));

    private bool IsUnread(KeyValuePair<IncidentId, int> word) => Addresses.Any(address => address.Words.GetValueOrDefault(word.Key).Seq < word.Value);

    [LoggerMessage(LogLevel.Warning, "Readers do not get what is published here at {Address}: {Wrong}.")]
    private partial void LogWrong(Uri address, string wrong);

    [LoggerMessage(LogLevel.Information, "Readers get what is published here at {Address} again.")]
    private partial void LogRight(Uri address);
}
