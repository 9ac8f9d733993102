using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Candor.Mirrors.Telling;

/// <summary>
/// Tells people of a bulletin once somebody with the emergency key has handed over the key of the contacts. They are open in
/// memory while they are told, an hour at most, and never on the disk. Who was told is noted before the next one is told by
/// the same hand, so that what a death of the process leaves open is one mail for each of <see cref="AtOnce"/>.
/// </summary>
/// <param name="contacts">What the mirror holds at the moment, or null.</param>
/// <param name="voice">The mirror's own mail account and address, or null.</param>
/// <param name="heardFor">How long the publisher has been heard by now; null while it is silent.</param>
/// <param name="challenge">Random, for this start of this mirror.</param>
internal sealed partial class Teller(
    BulletinBoard board, Func<PinnedKey?> emergency, Func<SealedContacts?> contacts, TellingBook book, TellingVoice? voice,
    Func<TimeSpan?> heardFor, string challenge, TimeProvider time, ILogger<Teller> logger)
{
    public const int AtOnce = 8;

    /// <summary>Whoever has stolen both keys can send no more than so many bulletins to people in 24 hours.</summary>
    public const int PerDay = 6;

    /// <summary>So many refused in a row, before anybody was reached, and it is taken that we are meant.</summary>
    public const int RefusalsMost = 8;

    private readonly Lock gate = new();
    private readonly Channel<TellingRound> orders = Channel.CreateBounded<TellingRound>(1);
    private readonly ConcurrentDictionary<string, string> troubles = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> refusals = new(StringComparer.Ordinal);
    private TellingRound? running;
    private volatile int spared;
    private volatile string? hindrance;

    /// <summary>A bulletin is being told at this moment.</summary>
    public bool IsTelling(string bulletin)
    {
        lock (gate)
        {
            return running?.Order.Bulletin.Id == bulletin;
        }
    }

    private bool IsStopping(string bulletin)
    {
        lock (gate)
        {
            return running?.Order.Bulletin.Id == bulletin && running.Stopped is not null;
        }
    }

    /// <summary>Takes what was signed, or says why not. Throws <see cref="IOException"/> where the disk does not take it.</summary>
    public (TellAnswer? Answer, string? Refusal) Take(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        var (request, refusal) = TellRequest.Read(emergency(), signed, signature);
        refusal ??= request switch
        {
            { IsStop: true } => Stop(request),
            { Key.Length: > 0 } => Begin(request),
            _ => null,
        };
        return refusal is null ? (AnswerOf(request!.Bulletin), null) : (null, refusal);
    }

    /// <summary>Tells what was asked for until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var round in orders.Reader.ReadAllAsync(cancellation))
        {
            try
            {
                await TellAsync(round, cancellation);
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

    /// <summary>No other mail is begun; those that are under way are answered and noted.</summary>
    private string? Stop(TellRequest request)
    {
        if (request.Misdirected(challenge, voice) is { } refusal)
        {
            return refusal;
        }

        lock (gate)
        {
            if (running?.Order.Bulletin.Id == request.Bulletin)
            {
                running.Stop("It was stopped by somebody with the emergency key.");
                LogStopped(request.Bulletin);
            }

            return null;
        }
    }

    private string? Begin(TellRequest request)
    {
        if (request.Misdirected(challenge, voice) is { } refusal)
        {
            return refusal;
        }

        if (contacts() is not { } held)
        {
            return "This mirror holds no contacts.";
        }

        if (Tellable(request.Bulletin) is not { } bulletin)
        {
            return "There is no such bulletin on this mirror now that people could be told of: it was never posted here, is older than a day, "
                + "or the publisher is back and has it. Post an update there, or another bulletin here.";
        }

        if (held.Open(request.Key!) is not { } list)
        {
            return "That is not the key of the contacts that this mirror holds: they were renewed meanwhile, or it is another one's. Ask again.";
        }

        lock (gate)
        {
            if (running is not null)
            {
                return running.Order.Bulletin.Id == bulletin.Id ? null
                    : $"Another bulletin is being told at the moment. Try again when it is done, or end that: candor mirror tell --stop --bulletin {running.Order.Bulletin.Id}";
            }

            if (book.Find(bulletin.Id) is null && book.BegunSince(time.GetUtcNow() - TimeSpan.FromDays(1)) >= PerDay)
            {
                return $"People were told of {PerDay} bulletins in the last 24 hours already, which is the most. This one stands on the page.";
            }

            book.Readmit(list, held.Header.At);
            book.Begin(bulletin, list.People.Length + book.DoneBeside(bulletin.Id, list), voice!.Home.AbsoluteUri);
            troubles.TryRemove(bulletin.Id, out _);
            (running, spared, hindrance) = (new(new(bulletin, list, voice)), 0, null);
            orders.Writer.TryWrite(running);
            return null;
        }
    }

    /// <summary>
    /// What readers see; and what was begun and is not over, also where the publisher was back for a moment and has it: whom
    /// nobody told yet nobody else will tell.
    /// </summary>
    private Bulletin? Tellable(string id) =>
        board.Find(emergency(), id) is { } one && time.GetUtcNow() - one.Bulletin.At <= Bulletin.ShownFor && (!one.IsFolded || book.Find(id) is { IsOver: false })
            ? one.Bulletin : null;

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
        var left = entry.IsOver ? 0 : Math.Max(0, entry.Total - told - failed - unclear - (isRunning ? spared : entry.Spared));
        return new(entry.Total, told, failed, left, isRunning, isRunning ? null : troubles.GetValueOrDefault(bulletin) ?? (entry.IsOver ? null : "It was cut off before everybody was told."))
        {
            Unclear = unclear,
            Refusal = refusals.GetValueOrDefault(bulletin),
            Hindrance = isRunning ? hindrance : null,
            IsStopping = isRunning && IsStopping(bulletin),
        };
    }
}
