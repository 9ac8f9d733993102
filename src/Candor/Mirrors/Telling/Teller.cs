using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Candor.Notices.Channels;

namespace Candor.Mirrors.Telling;

/// <summary>
/// Tells people of a bulletin once somebody with the emergency key has handed over the key of the contacts. They are open in
/// memory while they are told, an hour at most, and never on the disk. Who was told is noted before the next one is told by
/// the same hand, so that what a death of the process leaves open is one mail for each of <see cref="AtOnce"/>.
/// </summary>
/// <param name="contacts">What the mirror holds at the moment, or null.</param>
/// <param name="voice">The mirror's own mail account and address, or null.</param>
/// <param name="challenge">Random, for this start of this mirror.</param>
internal sealed partial class Teller(
    BulletinBoard board, Func<PinnedKey?> emergency, Func<SealedContacts?> contacts, TellingBook book, TellingVoice? voice, string challenge,
    TimeProvider time, ILogger<Teller> logger)
{
    public const int AtOnce = 8;

    /// <summary>Whoever has stolen both keys can send no more than so many bulletins to people in 24 hours.</summary>
    public const int PerDay = 6;

    /// <summary>So many refused in a row, before anybody was reached, and it is taken that we are meant.</summary>
    public const int RefusalsMost = 8;

    private const string Somebody = "(somebody)";
    private static readonly TimeSpan TriesFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly Channel<TellingOrder> orders = Channel.CreateBounded<TellingOrder>(1);
    private readonly ConcurrentDictionary<string, string> troubles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> refusals = new(StringComparer.Ordinal);
    private string? running;
    private volatile int spared;
    private volatile string? hindrance;

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

        if (voice is null)
        {
            return "This mirror has no mail account: it needs --mail, --mail-from and --home.";
        }

        if (request.Home != voice.Home.AbsoluteUri)
        {
            return $"It was signed for {(request.Home is null ? "no address" : "another address")}, and readers have this mirror as {voice.Home}";
        }

        if (contacts() is not { } held)
        {
            return "This mirror holds no contacts.";
        }

        if (board.Shown(key).FirstOrDefault(one => one.Id == request.Bulletin) is not { } bulletin)
        {
            return "There is no such bulletin on this mirror now: it was never posted here, is older than a day, or the publisher is back and has it.";
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

            book.Readmit(list, held.Header.At);
            book.Begin(bulletin, list.People.Length);
            troubles.TryRemove(bulletin.Id, out _);
            (running, spared, hindrance) = (bulletin.Id, 0, null);
            orders.Writer.TryWrite(new(bulletin, list, voice));
            return null;
        }
    }

    private TellAnswer AnswerOf(string bulletin)
    {
        var held = contacts();
        return new(challenge, voice is not null, held?.Signed, held?.Signature, StateOf(bulletin)) { Home = voice?.Home.AbsoluteUri };
    }

    /// <summary>Null where it was not begun.</summary>
    public TellingState? StateOf(string bulletin)
    {
        if (book.Find(bulletin) is not { } entry)
        {
            return null;
        }

        var ((told, failed, unclear), isRunning) = (book.CountsOf(bulletin), IsTelling(bulletin));
        var left = entry.IsOver ? 0 : Math.Max(0, entry.Total - told - failed - unclear - (isRunning ? spared : 0));
        return new(entry.Total, told, failed, left, isRunning, isRunning ? null : troubles.GetValueOrDefault(bulletin) ?? (entry.IsOver ? null : "It was cut off before everybody was told."))
        {
            Unclear = unclear,
            Refusal = refusals.GetValueOrDefault(bulletin),
            Hindrance = isRunning ? hindrance : null,
        };
    }

    private async Task TellAsync(TellingOrder order, CancellationToken cancellation)
    {
        var (id, began, pause) = (order.Bulletin.Id, time.GetTimestamp(), FirstPause);
        LogBegun(id, order.List.People.Length);
        var round = new TellingRound(order);
        while (true)
        {
            round.Begin(order.List.People.Where(person => !book.IsDone(id, person.Leave) && !book.HasLeft(person.Leave) && !round.WasRefused(person)));
            spared = order.List.People.Count(person => !book.IsDone(id, person.Leave) && book.HasLeft(person.Leave));
            await Parallel.ForEachAsync(round.Waiting, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, (person, stop) => TellAsync(round, person, stop));
            if (round is { Trouble: null } or { IsHalted: true } || time.GetElapsedTime(began) >= TriesFor)
            {
                break;
            }

            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        End(id, round.Trouble ?? NoteRefused(round));
    }

    /// <summary>What is wrong where nobody was reached and somebody was refused: whether they or we were meant is not known.</summary>
    private string? NoteRefused(TellingRound round)
    {
        var id = round.Order.Bulletin.Id;
        if (book.CountsOf(id).Told == 0 && !round.IsNobodyRefused)
        {
            return $"The mail server refused everybody: {refusals.GetValueOrDefault(id)}";
        }

        try
        {
            foreach (var person in round.TakeRefused())
            {
                book.Note(id, person.Leave, TellingOutcome.Refused);
            }

            return null;
        }
        catch (IOException fault)
        {
            return NotTaken(fault);
        }
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

        var (told, failed, unclear) = book.CountsOf(bulletin);
        LogEnded(bulletin, told, failed, unclear, troubles.GetValueOrDefault(bulletin) ?? "nobody is left");
    }

    private async ValueTask TellAsync(TellingRound round, ContactEntry person, CancellationToken cancellation)
    {
        var id = round.Order.Bulletin.Id;
        if (round.IsHalted || book.HasLeft(person.Leave))
        {
            return;
        }

        var handover = await SentAsync(round.Order, person, cancellation);
        try
        {
            switch (handover)
            {
                case { End: HandoverEnd.Delivered }:
                    book.Note(id, person.Leave, TellingOutcome.Told);
                    foreach (var refused in round.Reach())
                    {
                        book.Note(id, refused.Leave, TellingOutcome.Refused);
                    }

                    break;
                case { End: HandoverEnd.Refused, Blame: Blame.Channel }:
                    round.Halt($"The mail account does not work: {Said(handover, person)}");
                    break;
                case { End: HandoverEnd.Refused }:
                    Refused(round, handover, person);
                    break;
                case { Ambiguous: true }:
                    // Tried once more; then nobody can tell, and a third mail would be worse than none.
                    book.Note(id, person.Leave, TellingOutcome.Unclear);
                    Hinder(id, handover, person);
                    round.Trouble = book.IsDone(id, person.Leave) ? round.Trouble : NotAll(handover, person);
                    break;
                default:
                    Hinder(id, handover, person);
                    round.Trouble = NotAll(handover, person);
                    break;
            }
        }
        catch (IOException fault)
        {
            // Who is told and not noted would be told again by whoever goes on, so nobody else is.
            round.Halt(NotTaken(fault));
        }
    }

    /// <summary>A mail server that has something against us often says so of each recipient, or of the content.</summary>
    private void Refused(TellingRound round, Handover handover, ContactEntry person)
    {
        var words = Words(handover, person);
        refusals[round.Order.Bulletin.Id] = words;
        if (handover.Removes || round.IsReached)
        {
            book.Note(round.Order.Bulletin.Id, person.Leave, TellingOutcome.Refused);
        }
        else if (round.Refuse(person) >= RefusalsMost)
        {
            round.Halt($"The mail server refused {RefusalsMost} in a row before anybody was reached, so it may mean this mirror and not them: {words}");
        }
    }

    /// <summary>One person whom nobody foresaw is one person who may have been told, and no more.</summary>
    private async Task<Handover> SentAsync(TellingOrder order, ContactEntry person, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(SendWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await order.Voice.Mail.SendAsync(TellingMail.Of(order.Bulletin, order.List, person, order.Voice.Home), both.Token);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            LogUnforeseen(order.Bulletin.Id, fault.GetType().Name);
            return Handover.Unknown(Blame.Recipient, fault.GetType().Name, "");
        }
    }

    /// <summary>Said while it is tried again, so that nobody waits an hour for a name that was mistyped; each kind once.</summary>
    private void Hinder(string bulletin, Handover handover, ContactEntry person)
    {
        var said = Said(handover, person);
        if (Interlocked.Exchange(ref hindrance, said) != said)
        {
            LogHindered(bulletin, said);
        }
    }

    private static string NotTaken(IOException fault) => $"The mirror's disk does not take who was told: {fault.Message}";

    private static string NotAll(Handover handover, ContactEntry person) => $"The mail server did not take everything within {TriesFor.TotalHours:0} h: {Said(handover, person)}";

    /// <summary>Mail servers repeat in their answer whom they mean; it goes into the log, and no address does.</summary>
    private static string Said(Handover handover, ContactEntry person) => handover.Blame == Blame.Recipient ? handover.Reason : Words(handover, person);

    private static string Words(Handover handover, ContactEntry person)
    {
        var words = Addresses().Replace(handover.Said.Replace(person.Address, Somebody, StringComparison.OrdinalIgnoreCase), Somebody);
        var mailbox = Regex.Escape(person.Address.Split('@')[0]);
        return Regex.Replace(words, $@"(?<!\w){mailbox}(?!\w)", Somebody, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex(@"[^\s<>()""']*@[^\s<>()""']*", RegexOptions.None, 1_000)]
    private static partial Regex Addresses();

    [LoggerMessage(LogLevel.Information, "Bulletin {Bulletin} is told to {People} people by mail.")]
    private partial void LogBegun(string bulletin, int people);

    [LoggerMessage(LogLevel.Information, "Bulletin {Bulletin} was told to {Told} by mail, {Failed} were refused, of {Unclear} it is not known: {Ending}")]
    private partial void LogEnded(string bulletin, int told, int failed, int unclear, string ending);

    [LoggerMessage(LogLevel.Warning, "Not everybody can be told of bulletin {Bulletin} at the moment; it is tried again: {Said}")]
    private partial void LogHindered(string bulletin, string said);

    [LoggerMessage(LogLevel.Error, "Somebody may not have been told of bulletin {Bulletin}, which nobody foresaw: {Type}")]
    private partial void LogUnforeseen(string bulletin, string type);
}
