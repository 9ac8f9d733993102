using System.Collections.Immutable;

namespace Candor.Notices.Streams;

/// <summary>
/// Many who are told the same have equal pieces: those that come one after another share them, so that a crowd is small in
/// memory and the collector has little of it to move.
/// </summary>
internal sealed class CommonPieces
{
    private ImmutableArray<Piece> last = [];

    /// <summary>The same stream, with the pieces of the one before where they are equal.</summary>
    public NoticeStream In(NoticeStream stream)
    {
        if (stream.Pieces != last && stream.Pieces.AsSpan().SequenceEqual(last.AsSpan()))
        {
            return stream with { Pieces = last };
        }

        last = stream.Pieces;
        return stream;
    }
}
