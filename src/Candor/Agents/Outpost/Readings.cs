using Candor.Agents.Wire;
using Candor.Effects;
using Candor.Judging;

namespace Candor.Agents.Outpost;

/// <summary>What was seen and not yet put into a chunk. Bounded: beyond the bound the oldest go, and are counted.</summary>
/// <param name="run">Random, of this process.</param>
internal sealed class Readings(string run, TimeProvider time)
{
    private const int KeptMost = 20_000;

    private readonly Lock gate = new();
    private readonly Queue<SentReading> readings = new();
    private readonly Queue<SentControl> controls = new();

    public int Count
    {
        get
        {
            lock (gate)
            {
                return readings.Count + controls.Count;
            }
        }
    }

    /// <summary>Readings and answers that were given up.</summary>
    public long Dropped { get; private set; }

    public void Add(Observation seen)
    {
        var sent = new SentReading(
            seen.Monitor.Value, seen.At.ToUnixTimeMilliseconds(), Steady() - (long)seen.Took.TotalMilliseconds, ReportLimits.Word(seen.Reading))
        {
            Reason = Short(seen.Reason, ReportLimits.ReasonMax),
            TookMs = seen.Took.TotalMilliseconds,
            Phases = seen.Phases.IsEmpty ? null : [.. seen.Phases.Select(static one => new SentPhase(one.Name, one.Took.TotalMilliseconds))],
            Measured = seen.Measurements.IsEmpty ? null :
                [.. seen.Measurements.Where(static one => double.IsFinite(one.Value)).Take(ReportLimits.MeasuredMax).Select(static one => new SentNumber(Short(one.Name, ReportLimits.NameMax), one.Value, Short(one.Unit, ReportLimits.NameMax)))],
        };
        lock (gate)
        {
            Keep(readings, sent);
        }
    }

    public void Add(ControlReading seen)
    {
        var sent = new SentControl(seen.Target, seen.At.ToUnixTimeMilliseconds(), Steady(), seen.Answered) { Reason = Short(seen.Reason, ReportLimits.ReasonMax) };
        lock (gate)
        {
            Keep(controls, sent);
        }
    }

    /// <summary>As much as one chunk holds, oldest first; null where there is nothing.</summary>
    public Chunk? Seal(Func<long> nextNumber)
    {
        lock (gate)
        {
            return readings.Count + controls.Count == 0 ? null : new Chunk(nextNumber(), run)
            {
                Readings = [.. Take(readings, ReportLimits.ReadingsMax)],
                Controls = [.. Take(controls, ReportLimits.ControlsMax)],
            };
        }
    }

    private void Keep<T>(Queue<T> queue, T sent)
    {
        if (queue.Count == KeptMost)
        {
            queue.Dequeue();
            Dropped++;
        }

        queue.Enqueue(sent);
    }

    private long Steady() => (long)Moment.Now(time).Steady.TotalMilliseconds;

    private static IEnumerable<T> Take<T>(Queue<T> queue, int most)
    {
        for (var taken = 0; taken < most && queue.TryDequeue(out var one); taken++)
        {
            yield return one;
        }
    }

    /// <summary>Words of a target may be anything; what the core would refuse is taken out here.</summary>
    private static string Short(string text, int charsMax)
    {
        var line = text.Any(char.IsControl) ? string.Concat(text.Where(static c => !char.IsControl(c))) : text;
        return line.Length <= charsMax ? line : line[..charsMax];
    }
}
