using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candor.State;

/// <summary>Many small numbers as ranges, "1-400,407,409-20000": twenty thousand subscribers who were told are one short text.</summary>
[JsonConverter(typeof(NumberSetConverter))]
internal sealed class NumberSet : IEquatable<NumberSet>
{
    public static readonly NumberSet Empty = new([]);

    private readonly ImmutableArray<(int From, int To)> ranges;

    private NumberSet(ImmutableArray<(int From, int To)> ranges) => this.ranges = ranges;

    public int Count => ranges.Sum(static range => range.To - range.From + 1);

    public bool IsEmpty => ranges.IsEmpty;

    public IEnumerable<int> Numbers => ranges.SelectMany(static range => Enumerable.Range(range.From, range.To - range.From + 1));

    public static NumberSet Of(IEnumerable<int> numbers) => Joined(numbers.Select(static number => (number, number)).Order());

    /// <summary>Throws <see cref="FormatException"/> for what <see cref="ToString"/> did not write.</summary>
    public static NumberSet Parse(string text) => text.Length == 0 ? Empty : Joined(text.Split(',').Select(static part =>
    {
        var ends = part.Split('-', 2);
        var from = int.Parse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture);
        var to = int.Parse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture);
        return from <= to ? (from, to) : throw new FormatException($"The range {part} ends before it begins.");
    }).Order());

    public bool Contains(int number)
    {
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (number < ranges[middle].From)
            {
                high = middle - 1;
            }
            else if (number > ranges[middle].To)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Range by range: while a crowd is told, the sets grow by some hundred every second and are thousands of ranges.</summary>
    public NumberSet Union(NumberSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return IsEmpty ? other : this;
        }

        var joined = ImmutableArray.CreateBuilder<(int From, int To)>(ranges.Length + other.ranges.Length);
        var (mine, theirs) = (0, 0);
        while (mine < ranges.Length || theirs < other.ranges.Length)
        {
            var isMine = theirs == other.ranges.Length || (mine < ranges.Length && ranges[mine].From <= other.ranges[theirs].From);
            Join(joined, isMine ? ranges[mine++] : other.ranges[theirs++]);
        }

        return new(joined.DrainToImmutable());
    }

    public NumberSet Except(NumberSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        var left = ImmutableArray.CreateBuilder<(int From, int To)>();
        var next = 0;
        foreach (var (from, to) in ranges)
        {
            var begin = from;
            while (next < other.ranges.Length && other.ranges[next].To < begin)
            {
                next++;
            }

            for (var i = next; i < other.ranges.Length && other.ranges[i].From <= to && begin <= to; i++)
            {
                if (other.ranges[i].From > begin)
                {
                    left.Add((begin, other.ranges[i].From - 1));
                }

                begin = Math.Max(begin, other.ranges[i].To + 1);
            }

            if (begin <= to)
            {
                left.Add((begin, to));
            }
        }

        return new(left.ToImmutable());
    }

    public bool Equals(NumberSet? other) => other is not null && ranges.SequenceEqual(other.ranges);

    public override bool Equals(object? obj) => Equals(obj as NumberSet);

    public override int GetHashCode() => HashCode.Combine(ranges.Length, IsEmpty ? 0 : ranges[^1].To);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (from, to) in ranges)
        {
            text.Append(text.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{from}");
            if (to > from)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{to}");
            }
        }

        return text.ToString();
    }

    private static NumberSet Joined(IEnumerable<(int From, int To)> sorted)
    {
        var joined = ImmutableArray.CreateBuilder<(int From, int To)>();
        foreach (var range in sorted)
        {
            Join(joined, range);
        }

        return new(joined.ToImmutable());
    }

    /// <summary>One that begins no earlier than the last.</summary>
    private static void Join(ImmutableArray<(int From, int To)>.Builder joined, (int From, int To) next)
    {
        if (joined.Count > 0 && next.From <= joined[^1].To + 1)
        {
            joined[^1] = (joined[^1].From, Math.Max(joined[^1].To, next.To));
        }
        else
        {
            joined.Add(next);
        }
    }
}

internal sealed class NumberSetConverter : JsonConverter<NumberSet>
{
    public override NumberSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NumberSet.Parse(reader.GetString() ?? throw new JsonException("A set of numbers is a string, not null."));

    public override void Write(Utf8JsonWriter writer, NumberSet value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
