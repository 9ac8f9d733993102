using Candor.Notices.Streams;

namespace Candor.Notices.Ledger;

/// <summary>One notice as people see it: the words it tells, from one to another, and what became of it.</summary>
internal sealed record NoticeLine(int From, int To, PieceState State)
{
    /// <summary>When the first of its words was published.</summary>
    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    public string? Why { get; init; }

    /// <summary>The update whose notice tells this one as well.</summary>
    public int? By { get; init; }

    public int Tries { get; init; }

    /// <summary>What their side said, last.</summary>
    public string? Said { get; init; }

    /// <summary>When it is tried next, at the earliest; for what waits after a try.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>For whoever may not see addresses: the class of a failure and the number of the answer, none of its words.</summary>
    public NoticeLine WithoutWords => this with { Said = AnswerCode.Of(Said) };

    /// <summary>One for each update, as they are counted.</summary>
    public static IEnumerable<NoticeLine> Each(NoticeStream stream, LedgerSearch? search = null) =>
        stream.Pieces.Where(piece => search?.Wants(piece) ?? true).Select(piece => Of(stream, piece));

    /// <summary>
    /// One for each notice: what was superseded is part of the notice that tells it, and what waits goes out as one. Where
    /// somebody asks for one state, the others are not there to be part of.
    /// </summary>
    public static IReadOnlyList<NoticeLine> Of(NoticeStream stream, LedgerSearch? search = null)
    {
        var lines = new List<NoticeLine>();
        foreach (var line in Each(stream, search))
        {
            if (lines is [.., var before] && (before.State, line.State) switch
            {
                (PieceState.Superseded, PieceState.Superseded) => before.By == line.By,
                (PieceState.Superseded, _) => before.By == line.To,
                (PieceState.Pending, PieceState.Pending) => true,
                _ => false,
            })
            {
                lines[^1] = line with { From = before.From, At = before.At };
            }
            else
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private static NoticeLine Of(NoticeStream stream, Piece piece)
    {
        if (piece.IsPending)
        {
            var wasTried = stream.Tries > 0 || stream.Crashes > 0;
            return new(piece.Seq, piece.Seq, piece.State)
            {
                At = piece.At,
                Why = wasTried ? stream.Reason : null,
                Tries = stream.Tries,
                Said = wasTried ? stream.Said : null,
                NextTry = stream.NotBefore,
            };
        }

        // What was settled by a build that did not note it for each: the stream has the last of it.
        var isLast = !stream.HasPending && piece.Seq == stream.LastSeq && piece.State is PieceState.Sent or PieceState.Failed;
        return new(piece.Seq, piece.Seq, piece.State)
        {
            At = piece.At,
            SettledAt = piece.SettledAt,
            Why = piece.Why,
            By = piece.By,
            Tries = piece.Tries,
            Said = piece.Said ?? (isLast ? stream.Said : null),
        };
    }
}
