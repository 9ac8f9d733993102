using System.Globalization;
using System.Text;
using Candor.Journal;

namespace Candor.Tests.Journal;

/// <summary>The smallest state worth folding: a sum, and how many facts it came from.</summary>
internal sealed record Tally(long Sum, long Count);

internal sealed record Added(long Amount, DateTimeOffset At);

/// <summary>Adds amounts; an amount of 13 is a fact that cannot be folded.</summary>
internal sealed class Counting : IFolding<Tally, Added>
{
    public Tally Initial { get; } = new(0, 0);

    public Tally Fold(Tally before, Added happened, in Stamp stamp) =>
        happened.Amount == 13
            ? throw new InvalidOperationException("13 cannot be added.")
            : new(before.Sum + happened.Amount, before.Count + 1);

    public NewEvent Encode(Added happened) =>
        new("test.added", Encoding.UTF8.GetBytes($"{happened.Amount}"), happened.At, happened.At);

    public Added Decode(Envelope stored) => new(long.Parse(stored.Body.Span, CultureInfo.InvariantCulture), stored.OccurredAt);
}
