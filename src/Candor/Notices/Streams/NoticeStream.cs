using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.State;

namespace Candor.Notices.Streams;

/// <summary>
/// Everything that one subscriber is told of one topic by one channel: a row of the queue and of the ledger at once, so
/// that the two cannot disagree. Immutable; each step below gives the next one.
/// </summary>
internal sealed record NoticeStream(SubscriberId Subscriber, Topic Topic)
{
    /// <summary>Updates that were accepted for this subscriber, ascending. What was published quietly is not among them.</summary>
    public ImmutableArray<Piece> Pieces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The hand-over that was begun and has no outcome yet.</summary>
    public Attempt? Attempt { get => Trying.Attempt; init => Trying = Equals(value, Attempt) ? Trying : Trying with { Attempt = value }; }

    /// <summary>Tries of what is pending now.</summary>
    public int Tries { get => Trying.Tries; init => Trying = value == Tries ? Trying : Trying with { Tries = value }; }

    public DateTimeOffset? FirstTryAt { get => Trying.FirstTryAt; init => Trying = value == FirstTryAt ? Trying : Trying with { FirstTryAt = value }; }

    /// <summary>How long that was ago when this was stored, by a steady clock and while somebody could try.</summary>
    public TimeSpan TriedFor { get => Trying.TriedFor; init => Trying = value == TriedFor ? Trying : Trying with { TriedFor = value }; }

    public DateTimeOffset? NotBefore { get => Trying.NotBefore; init => Trying = value == NotBefore ? Trying : Trying with { NotBefore = value }; }

    /// <summary>Processes that ended while they had this in hand.</summary>
    public int Crashes { get => Trying.Crashes; init => Trying = value == Crashes ? Trying : Trying with { Crashes = value }; }

    /// <summary>An attempt ended without an answer: they may know, so they are told the end as well.</summary>
    public bool MayKnow { get => Answers.MayKnow; init => Answers = value == MayKnow ? Answers : Answers with { MayKnow = value }; }

    public DateTimeOffset? HandedOverAt { get => Answers.HandedOverAt; init => Answers = value == HandedOverAt ? Answers : Answers with { HandedOverAt = value }; }

    /// <summary>How much later than published the last notice went out.</summary>
    public TimeSpan? HandedOverLate { get => Answers.HandedOverLate; init => Answers = value == HandedOverLate ? Answers : Answers with { HandedOverLate = value }; }

    /// <summary>Whether the last notice was automation's word, and how bad it said it was: for the cap on flapping.</summary>
    public bool LastAutomatic { get => Answers.LastAutomatic; init => Answers = value == LastAutomatic ? Answers : Answers with { LastAutomatic = value }; }

    public Impact LastImpact { get => Answers.LastImpact; init => Answers = value == LastImpact ? Answers : Answers with { LastImpact = value }; }

    /// <summary>The class of the last failure; cleared by success.</summary>
    public string? Reason { get => Answers.Reason; init => Answers = value == Reason ? Answers : Answers with { Reason = value }; }

    /// <summary>What their side said last.</summary>
    public string? Said { get => Answers.Said; init => Answers = value == Said ? Answers : Answers with { Said = value }; }

    public string? Receipt { get => Answers.Receipt; init => Answers = value == Receipt ? Answers : Answers with { Receipt = value }; }

    private Trying Trying { get; init; } = Trying.None;

    private Answers Answers { get; init; } = Answers.None;

    [JsonIgnore]
    public StreamKey Key => new(Subscriber, Topic);

    [JsonIgnore]
    public int LastSeq => Pieces is [.., var last] ? last.Seq : 0;

    /// <summary>The last update that they were surely told, or 0.</summary>
    [JsonIgnore]
    public int ToldUpTo => Pieces.LastOrDefault(static piece => piece.State == PieceState.Sent).Seq;

    [JsonIgnore]
    public bool WasTold => MayKnow || ToldUpTo > 0;

    [JsonIgnore]
    public bool HasPending => Pieces.Any(static piece => piece.IsPending);

    [JsonIgnore]
    public Piece? OldestPending => Pieces.FirstOrDefault(static piece => piece.IsPending) is { Seq: > 0 } oldest ? oldest : null;

    [JsonIgnore]
    public Piece? NewestPending => Pieces.LastOrDefault(static piece => piece.IsPending) is { Seq: > 0 } newest ? newest : null;

    /// <summary>
    /// The oldest dead letter, with everything that it told, where they were told nothing newer: strictly in order, nothing
    /// older can come after something newer. Nothing where there is none, and while something waits: that goes out by itself.
    /// </summary>
    [JsonIgnore]
    public ImmutableArray<Piece> DeadLetter
    {
        get
        {
            var told = ToldUpTo;
            var dead = Pieces.FirstOrDefault(piece => piece.State is PieceState.Failed or PieceState.Expired && piece.Seq > told);
            return dead.Seq == 0 || HasPending ? [] :
            [
                .. Pieces.Where(piece => piece.Seq == dead.Seq
                    || (piece.State == PieceState.Superseded && piece.By == dead.Seq)
                    || (piece.State == PieceState.Expired && dead.State == PieceState.Expired && piece.Seq > told && piece.SettledAt == dead.SettledAt)),
            ];
        }
    }

    /// <summary>Whether an update is pending that lies no further than this.</summary>
    public Func<int, bool> PendingUpTo(int to) => seq => seq <= to && Pieces.Any(piece => piece.IsPending && piece.Seq == seq);

    /// <summary>What became of the last update up to this one.</summary>
    public PieceState StateUpTo(int to)
    {
        var state = PieceState.Pending;
        foreach (var piece in Pieces)
        {
            state = piece.Seq <= to ? piece.State : state;
        }

        return state;
    }

    /// <summary>Nothing of it waits, and nothing has become of it since then.</summary>
    public bool SettledBefore(DateTimeOffset then) => !HasPending && Pieces.All(piece => (piece.SettledAt ?? piece.At) < then);

    /// <summary>
    /// Without what was settled before then. The last update and the last that they were told stay: they say where this stands.
    /// </summary>
    public NoticeStream Without(DateTimeOffset then)
    {
        var (last, told) = (LastSeq, ToldUpTo);
        return Pieces.Any(IsOld) ? this with { Pieces = [.. Pieces.Where(piece => !IsOld(piece))] } : this;

        bool IsOld(Piece piece) => !piece.IsPending && piece.Seq != last && piece.Seq != told && (piece.SettledAt ?? piece.At) < then;
    }

    /// <summary>
    /// The time for trying begins anew with a new word: it has not had its tries yet, and what is older is told with it. Digests
    /// go on for ever, and have one time for all that waits.
    /// </summary>
    public NoticeStream Accept(IEnumerable<Piece> pieces)
    {
        var more = pieces.ToImmutableArray();
        var beginsAnew = Topic.Digest is null && more.Any(static piece => piece.IsPending);
        return this with { Pieces = Pieces.AddRange(more), FirstTryAt = beginsAnew ? null : FirstTryAt };
    }

    public NoticeStream Begin(string channel, DateTimeOffset now)
    {
        var (from, to) = (OldestPending!.Value.Seq, NewestPending!.Value.Seq);
        return Begin(new Attempt(from, to, NoticeKey.Of(channel, Key, from, to), now));
    }

    /// <summary>It goes out with others, in a notice that has this key.</summary>
    public NoticeStream Begin(DateTimeOffset now, string notice) =>
        Begin(new Attempt(OldestPending!.Value.Seq, NewestPending!.Value.Seq, notice, now) { Together = true });

    public NoticeStream Deliver(DateTimeOffset now, string said, string? receipt, bool automatic, Impact impact) =>
        Settle(Attempt!.To, PieceState.Sent, Attempt.Together ? "together" : null, now, said) with
        {
            Answers = new()
            {
                HandedOverAt = now,
                HandedOverLate = now - (OldestPending?.At ?? now),
                LastAutomatic = automatic,
                LastImpact = impact,
                Said = said,
                Receipt = receipt ?? Receipt,
            },
        };

    /// <summary>It will be tried again. <paramref name="counts"/> is false where neither they nor their side are to blame.</summary>
    public NoticeStream TryAgain(DateTimeOffset notBefore, string reason, string said, bool counts) => this with
    {
        Trying = Trying with
        {
            Attempt = null,
            NotBefore = notBefore,
            Tries = counts ? Tries : Math.Max(0, Tries - 1),
            FirstTryAt = counts || Tries > 1 ? FirstTryAt : null,
        },
        Answers = Answers with { Reason = reason, Said = said },
    };

    /// <summary>Nobody knows whether it arrived.</summary>
    public NoticeStream Lose(DateTimeOffset notBefore, string reason, bool crashed) => this with
    {
        Trying = Trying with { Attempt = null, NotBefore = notBefore, Crashes = crashed ? Crashes + 1 : Crashes },
        Answers = Answers with { Reason = reason, MayKnow = true },
    };

    /// <summary>A dead letter: kept for a person to look at.</summary>
    public NoticeStream Fail(DateTimeOffset now, string reason, string said) =>
        Settle(Attempt?.To ?? NewestPending!.Value.Seq, PieceState.Failed, reason, now, said) with { Reason = reason, Said = said };

    /// <summary>Everything pending is not told, by a rule or for its age.</summary>
    public NoticeStream Withhold(PieceState state, string why, DateTimeOffset now) => this with
    {
        Pieces = [.. Pieces.Select(piece => piece.IsPending ? piece with { State = state, Why = why, SettledAt = now, Tries = Tries, Said = Tries > 0 ? Said : null } : piece)],
        Trying = Trying.None with { Crashes = Crashes },
    };

    /// <summary>The journal knows that they were told up to there, and this did not: nothing of it is told again.</summary>
    public NoticeStream ToldByJournal(int upTo, DateTimeOffset now) =>
        Pieces.LastOrDefault(piece => piece.IsPending && piece.Seq <= upTo) is { Seq: > 0 } last
            ? Settle(last.Seq, PieceState.Sent, "journal", now)
            : this;

    /// <summary>A person's act: the oldest <see cref="DeadLetter"/> is pending again, under the same numbers and so the same key.</summary>
    public NoticeStream Replay() => this with
    {
        Pieces = PendingAgain(DeadLetter),
        Trying = Trying with { Crashes = 0, Tries = 0, FirstTryAt = null, NotBefore = null },
    };

    private NoticeStream Begin(Attempt attempt)
    {
        var now = attempt.StartedAt;
        return this with
        {
            Trying = Trying with
            {
                Attempt = attempt,
                FirstTryAt = FirstTryAt ?? now,
                TriedFor = FirstTryAt is null ? TimeSpan.Zero : TriedFor,
                Tries = Tries + 1,
                NotBefore = null,
            },
        };
    }

    /// <summary>The last of what is pending up to <paramref name="to"/> stands for all of it.</summary>
    private NoticeStream Settle(int to, PieceState state, string? why, DateTimeOffset now, string? said = null) => this with
    {
        Pieces = Settled(to, state, why, now, said),
        Trying = Trying.None,
    };

    private ImmutableArray<Piece> Settled(int to, PieceState state, string? why, DateTimeOffset now, string? said)
    {
        var pieces = Pieces.ToBuilder();
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            pieces[i] = !piece.IsPending || piece.Seq > to ? piece
                : piece.Seq == to ? piece with { State = state, Why = why, SettledAt = now, Tries = Tries, Said = said }
                : piece with { State = PieceState.Superseded, By = to, SettledAt = now };
        }

        return pieces.MoveToImmutable();
    }

    /// <summary>A dead letter as it was before it was tried. Another one that failed after it stays dead until it is its turn.</summary>
    private ImmutableArray<Piece> PendingAgain(ImmutableArray<Piece> dead) =>
        [.. Pieces.Select(piece => dead.Contains(piece) ? new(piece.Seq, piece.At, PieceState.Pending) : piece)];
}
