using System.Collections.Immutable;

namespace Candor.Judging;

/// <summary>The last stretch of which it is known, late, that a place could see: most of its control targets kept answering.</summary>
internal sealed record LateWitness(DateTimeOffset From, DateTimeOffset Until)
{
    public static readonly LateWitness None = new(DateTimeOffset.MaxValue, DateTimeOffset.MinValue);

    /// <summary>When each target answered last.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Answered { get; init; } =
        ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <param name="targets">How many it has; more than half of them have to have answered since.</param>
    public LateWitness With(string target, DateTimeOffset at, int targets)
    {
        var answered = Answered.SetItem(target, at);
        if (answered.Count * 2 <= targets)
        {
            return this with { Answered = answered };
        }

        var until = answered.Values.OrderDescending().ElementAt(targets / 2);
        return until <= Until
            ? this with { Answered = answered }
            : new LateWitness(From == DateTimeOffset.MaxValue || until - Until > Lookout.Fresh ? until : From, until) { Answered = answered };
    }
}
