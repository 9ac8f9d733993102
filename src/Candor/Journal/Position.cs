using System.Globalization;

namespace Candor.Journal;

/// <summary>A place in the journal: dense from 1, in commit order. <see cref="Start"/> stands before the first event.</summary>
internal readonly record struct Position(long Value) : IComparable<Position>
{
    public static Position Start => default;

    public Position Next => new(Value + 1);

    public static bool operator <(Position left, Position right) => left.Value < right.Value;

    public static bool operator >(Position left, Position right) => left.Value > right.Value;

    public static bool operator <=(Position left, Position right) => left.Value <= right.Value;

    public static bool operator >=(Position left, Position right) => left.Value >= right.Value;

    public Position Plus(long events) => new(Value + events);

    public int CompareTo(Position other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
