using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Candor.Notices.Channels;

namespace Candor.Mirrors.Telling;

/// <summary>
/// Tells people of a bulletin once somebody with the emergency key has handed over the key of the contacts. They are open in
/// memory while they are told, an hour at most, and never on the disk. Who was told is noted before the next one is told by
/// the same hand, so that what a death of the process leaves open is one mail for each of <see cref="AtOnce"/>.
/// </summary>
/// <param name="contacts">What the mirror holds at the moment, or null.</param>
/// <param name="mail">The mirror's own mail account, or null.</param>
/// <param name="challenge">Random, for this start of this mirror.</param>
internal sealed partial class Teller(
    BulletinBoard board, Func<PinnedKey?> emergency, Func<SealedContacts?> contacts, TellingBook book, IChannel? mail, string challenge,
    TimeProvider time, ILogger<Teller> logger)
{
    public const int AtOnce = 8;

    /// <summary>Whoever has stolen both keys can send no more than so many bulletins to people in 24 hours.</summary>
    public const int PerDay = 6;

    private const int HomeMost = 200;
    private static readonly TimeSpan TriesFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Channel<Order> orders = Channel.CreateBounded<Order>(1);
    private readonly ConcurrentDictionary<string, string> troubles = new(StringComparer.Ordinal);
    private string? running;
    private volatile int spared;

    /// <summary>A bulletin is being told at this moment.</summary>
    public bool IsTelling(string bulletin)
    {
        lock (gate)
        {
            return running == bulletin;
        }
    }

    /// <summary>Takes what was signed, or says why not. Throws <see cref="IOException"/> where the disk does not take it.</summary>
    public (TellAnswer? Answer, string? Refusal) Take(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (emergency() is not { } key)
        {
            return (null, "The publisher has named no emergency key: `candor mirror emergency` makes one while it is there.");
        }

        if (!key.Fits(Purpose.Telling, signed, signature))
        {
            return (null, "It is not signed with the emergency key that the publisher has named.");
        }

        TellRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(signed, TellingJson.Default.TellRequest);
        }
        catch (JsonException fault)
        {
            return (null, $"It cannot be read: {fault.Message}");
        }

        return request is null || !Bulletin.IsId(request.Bulletin) ? (null, "It names no bulletin.")
            : request.Key is { Length: > 0 } && Begin(key, request) is { } refusal ? (null, refusal)
            : (AnswerOf(request.Bulletin), null);
    }

    /// <summary>Tells what was asked for until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var order in orders.Reader.ReadAllAsync(cancellation))
        {
            try
            {
                await TellAsync(order, cancellation);
            }
            finally
            {
                lock (gate)
                {
                    running = null;
                }
            }
        }
    }

    private string? Begin(PinnedKey key, TellRequest request)
    {
        if (request.Challenge is not { } said || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(said), Encoding.ASCII.GetBytes(challenge)))
        {
            return "It was signed for another mirror, or before this one was started: ask it again.";
        }

        if (mail is null)
        {
            return "This mirror has no mail account: it needs --mail and --mail-from.";
        }

        if (contacts() is not { } held)
        {
            return "This mirror holds no contacts.";
        }

        if (board.Shown(key).FirstOrDefault(one => one.Id == request.Bulletin) is not { } bulletin)
        {
            return "There is no such bulletin on this mirror now: it was never posted here, is older than a day, or the publisher is back and has it.";
        }

        if (request.Home is not { Length: <= HomeMost } home || !Uri.TryCreate(home, UriKind.Absolute, out var address) || address is not { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "" })
        {
            return "It does not say by which address readers have this mirror.";
        }

        if (held.Open(request.Key!) is not { } list)
        {
            return "That is not the key of the contacts that this mirror holds: they were renewed meanwhile, or it is another one's. Ask again.";
        }

        lock (gate)
        {
            if (running is not null)
            {
                return running == bulletin.Id ? null : "Another bulletin is being told at the moment. Try again when it is done.";
            }

            if (book.Find(bulletin.Id) is null && book.BegunSince(time.GetUtcNow() - TimeSpan.FromDays(1)) >= PerDay)
            {
                return $"People were told of {PerDay} bulletins in the last 24 hours already, which is the most. This one stands on the page.";
            }

            book.Begin(bulletin, list.People.Length);
            troubles.TryRemove(bulletin.Id, out _);
            (running, spared) = (bulletin.Id, 0);
            orders.Writer.TryWrite(new(bulletin, list, address));
            return null;
        }
    }

    private TellAnswer AnswerOf(string bulletin)
    {
        var held = contacts();
        return new(challenge, mail is not null, held?.Signed, held?.Signature, StateOf(bulletin));
    }

    /// <summary>Null where it was not begun.</summary>
    public TellingState? StateOf(string bulletin)
    {
        if (book.Find(bulletin) is not { } entry)
        {
            return null;
        }

        var ((told, failed), isRunning) = (book.CountsOf(bulletin), IsTelling(bulletin));
        var left = entry.IsOver ? 0 : Math.Max(0, entry.Total - told - failed - (isRunning ? spared : 0));
        return new(entry.Total, told, failed, left, isRunning, isRunning ? null : troubles.GetValueOrDefault(bulletin) ?? (entry.IsOver ? null : "It was cut off before everybody was told."));
    }

    private async Task TellAsync(Order order, CancellationToken cancellation)
    {
        var (id, began, pause) = (order.Bulletin.Id, time.GetTimestamp(), FirstPause);
        LogBegun(id, order.List.People.Length);
        var round = new Round(order);
        while (true)
        {
            round.Begin(order.List.People.Where(person => !book.IsDone(id, person.Leave) && !book.HasLeft(person.Leave)));
            spared = order.List.People.Count(person => !book.IsDone(id, person.Leave) && book.HasLeft(person.Leave));
            await Parallel.ForEachAsync(round.Waiting, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, (person, stop) => TellAsync(round, person, stop));
            if (round is { Trouble: null } or { IsHalted: true } || time.GetElapsedTime(began) >= TriesFor)
            {
                break;
            }

            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        End(id, round.Trouble);
    }

    private void End(string bulletin, string? trouble)
    {
        if (trouble is not null)
        {
            troubles[bulletin] = trouble;
        }

        try
        {
            book.Change(bulletin, entry => entry with { IsOver = trouble is null });
        }
        catch (IOException fault)
        {
            troubles.TryAdd(bulletin, fault.Message);
        }

        var (told, failed) = book.CountsOf(bulletin);
        LogEnded(bulletin, told, failed, troubles.GetValueOrDefault(bulletin) ?? "nobody is left");
    }

    private async ValueTask TellAsync(Round round, ContactEntry person, CancellationToken cancellation)
    {
        var id = round.Order.Bulletin.Id;
        if (round.IsHalted || book.HasLeft(person.Leave))
        {
            return;
        }

        using var patience = new CancellationTokenSource(SendWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var handover = await mail!.SendAsync(TellingMail.Of(round.Order.Bulletin, round.Order.List, person, round.Order.Home), both.Token);
        try
        {
            switch (handover)
            {
                case { End: HandoverEnd.Delivered }:
                    book.Note(id, person.Leave, isTold: true);
                    break;
                case { End: HandoverEnd.Refused, Blame: Blame.Channel }:
                    round.Halt($"The mail account does not work: {Said(handover, person)}");
                    break;
                case { End: HandoverEnd.Refused }:
                    book.Note(id, person.Leave, isTold: false);
                    break;
                default:
                    round.Trouble = $"The mail server did not take everything within {TriesFor.TotalHours:0} h: {Said(handover, person)}";
                    break;
            }
        }
        catch (IOException fault)
        {
            // Who is told and not noted would be told again by whoever goes on, so nobody else is.
            round.Halt($"The mirror's disk does not take who was told: {fault.Message}");
        }
    }

    /// <summary>Mail servers repeat in their answer whom they mean; it goes into the log, and no address does.</summary>
    private static string Said(Handover handover, ContactEntry person) => handover.Blame == Blame.Recipient
        ? handover.Reason
        : handover.Said.Replace(person.Address, "(somebody)", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(LogLevel.Information, "Bulletin {Bulletin} is told to {People} people by mail.")]
    private partial void LogBegun(string bulletin, int people);

    [LoggerMessage(LogLevel.Information, "Bulletin {Bulletin} was told to {Told} by mail, {Failed} were refused: {Ending}")]
    private partial void LogEnded(string bulletin, int told, int failed, string ending);

    private sealed record Order(Bulletin Bulletin, ContactList List, Uri Home)
    {
        public override string ToString() => $"(telling of {Bulletin.Id})";
    }

    /// <summary>One try for each who was not told yet.</summary>
    private sealed class Round(Order order)
    {
        private volatile string? trouble;
        private volatile bool isHalted;

        public Order Order => order;

        public IReadOnlyList<ContactEntry> Waiting { get; private set; } = [];

        public bool IsHalted => isHalted;

        public string? Trouble
        {
            get => trouble;
            set => trouble = isHalted ? trouble : value;
        }

        public void Begin(IEnumerable<ContactEntry> waiting) => (Waiting, trouble) = ([.. waiting], null);

        /// <summary>Nobody else is tried.</summary>
        public void Halt(string why)
        {
            Trouble = why;
            isHalted = true;
        }
    }
}
