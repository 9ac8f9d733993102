using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Candor.Journal;

namespace Candor.Commands.Drills;

/// <summary>The last number of each writer. A number that is missing or comes twice cannot be folded.</summary>
internal sealed record Numbering(ImmutableDictionary<int, long> Last)
{
    public long LastOf(int writer) => Last.GetValueOrDefault(writer);
}

/// <summary>One fact of the drill: a writer's next number.</summary>
internal sealed record Numbered(int Writer, long Number, DateTimeOffset At);

/// <summary>Folds the drill's facts; a gap or a repeat is a defect and stops the replay.</summary>
internal sealed class NumberingFold : IFolding<Numbering, Numbered>
{
    public Numbering Initial { get; } = new(ImmutableDictionary<int, long>.Empty);

    public Numbering Fold(Numbering before, Numbered happened, in Stamp stamp) =>
        happened.Number == before.LastOf(happened.Writer) + 1
            ? new(before.Last.SetItem(happened.Writer, happened.Number))
            : throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"Writer {happened.Writer}: {happened.Number} follows {before.LastOf(happened.Writer)} at {stamp.Position}."));

    public NewEvent Encode(Numbered happened) => new(
        "drill.numbered",
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{happened.Writer} {happened.Number}")),
        happened.At,
        happened.At);

    public Numbered Decode(Envelope stored)
    {
        var text = stored.Body.Span;
        if (!Utf8Parser.TryParse(text, out int writer, out var read)
            || !Utf8Parser.TryParse(text[(read + 1)..], out long number, out _))
        {
            throw new InvalidDataException($"Event {stored.Position} of the drill is unreadable.");
        }

        return new(writer, number, stored.OccurredAt);
    }
}
