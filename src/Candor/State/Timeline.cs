using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Candor.State;

/// <summary>A value that held from one instant until another; <see cref="Until"/> is null while it still holds.</summary>
internal readonly record struct Interval<T>(DateTimeOffset From, DateTimeOffset? Until, T Value);

/// <summary>One change of a value.</summary>
internal readonly record struct Change<T>(DateTimeOffset At, T Value);

/// <summary>
/// The changes of one value over time, immutable and shared between versions: appending is O(1) and copies nothing.
/// Changes never run backwards: one that claims an earlier instant than the last is placed at the last.
/// </summary>
internal sealed class Timeline<T> : IReadOnlyCollection<Change<T>>
{
    public static readonly Timeline<T> Empty = new(before: null, default, 0);

    private readonly Timeline<T>? before;

    private Timeline(Timeline<T>? before, Change<T> last, int count) => (this.before, Last, Count) = (before, last, count);

    /// <summary>The newest change; meaningless while <see cref="Count"/> is 0.</summary>
    public Change<T> Last { get; }

    public int Count { get; }

    public Timeline<T> Append(DateTimeOffset at, T value) =>
        new(this, new(Count > 0 && at < Last.At ? Last.At : at, value), Count + 1);

    /// <summary>Newest first.</summary>
    public IEnumerator<Change<T>> GetEnumerator()
    {
        for (var node = this; node.Count > 0; node = node.before!)
        {
            yield return node.Last;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The intervals that touch [from, until), clipped to it, oldest first. Nothing is said of the time before the first change.</summary>
    public IReadOnlyList<Interval<T>> Between(DateTimeOffset from, DateTimeOffset until)
    {
        var found = new List<Interval<T>>();
        var end = until;
        for (var node = this; node.Count > 0 && end > from; node = node.before!)
        {
            var start = node.Last.At < from ? from : node.Last.At;
            if (start < end)
            {
                found.Add(new(start, end, node.Last.Value));
                end = start;
            }
        }

        found.Reverse();
        return found;
    }

    /// <summary>What held at an instant, or null-like <paramref name="otherwise"/> before the first change.</summary>
    public T At(DateTimeOffset instant, T otherwise)
    {
        for (var node = this; node.Count > 0; node = node.before!)
        {
            if (node.Last.At <= instant)
            {
                return node.Last.Value;
            }
        }

        return otherwise;
    }
}

/// <summary>A timeline is stored as its changes, oldest first.</summary>
internal sealed class TimelineConverter<T> : JsonConverter<Timeline<T>>
{
    public override Timeline<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var type = (JsonTypeInfo<Change<T>[]>)options.GetTypeInfo(typeof(Change<T>[]));
        var timeline = Timeline<T>.Empty;
        foreach (var change in JsonSerializer.Deserialize(ref reader, type) ?? [])
        {
            timeline = timeline.Append(change.At, change.Value);
        }

        return timeline;
    }

    public override void Write(Utf8JsonWriter writer, Timeline<T> value, JsonSerializerOptions options)
    {
        var changes = value.ToArray();
        Array.Reverse(changes);
        JsonSerializer.Serialize(writer, changes, (JsonTypeInfo<Change<T>[]>)options.GetTypeInfo(typeof(Change<T>[])));
    }
}
