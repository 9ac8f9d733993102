namespace Candor.Commands.Drills.Rig;

/// <summary>How a backlog came to a receiver: tries a second, and what became of the rate where the receiver had too much.</summary>
internal sealed class DrainCurve
{
    private const string Levels = "▁▂▃▄▅▆▇█";
    private static readonly TimeSpan Half = TimeSpan.FromMilliseconds(500);

    /// <summary>What was on its way when the receiver first said so.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(200);

    private readonly IReadOnlyList<(DateTimeOffset At, bool Taken)> asked;

    /// <param name="asked">In the order of time; the drain begins with the first.</param>
    public DrainCurve(IReadOnlyList<(DateTimeOffset At, bool Taken)> asked)
    {
        this.asked = asked;
        var seconds = new double[asked.Count == 0 ? 0 : (int)(asked[^1].At - asked[0].At).TotalSeconds + 1];
        foreach (var (at, _) in asked)
        {
            seconds[(int)(at - asked[0].At).TotalSeconds]++;
        }

        PerSecond = seconds;
    }

    /// <summary>Tries in each second, from the first one on.</summary>
    public IReadOnlyList<double> PerSecond { get; }

    public TimeSpan Took => asked.Count == 0 ? TimeSpan.Zero : asked[^1].At - asked[0].At;

    public int Taken => asked.Count(static one => one.Taken);

    public int Refused => asked.Count - Taken;

    /// <summary>From one second to the next, while there was enough to send. The last seconds are the rest of it.</summary>
    public double LargestRise => PerSecond.Zip(PerSecond.Skip(1), static (one, next) => next - one).DefaultIfEmpty(0).Max();

    /// <summary>
    /// The rate just after the receiver had too much, as a part of the rate just before: the middle one of all such moments;
    /// null where there was none.
    /// </summary>
    public double? AfterStress()
    {
        var ratios = new List<double>();
        var before = DateTimeOffset.MinValue;
        foreach (var (at, _) in asked.Where(static one => !one.Taken))
        {
            if (at - before > TimeSpan.FromSeconds(1) && asked[^1].At - at > OnTheWay + Half && Count(at - Half, at) is > 0 and var rate)
            {
                ratios.Add((double)Count(at + OnTheWay, at + OnTheWay + Half) / rate);
            }

            before = at;
        }

        return ratios.Count == 0 ? null : ratios.Order().ElementAt(ratios.Count / 2);
    }

    /// <summary>A bar for each second, as many in a line as fit, under the scale.</summary>
    public IEnumerable<string> Chart(int width)
    {
        var most = PerSecond.DefaultIfEmpty(0).Max();
        return PerSecond.Select(rate => Levels[most == 0 ? 0 : (int)Math.Round(rate / most * (Levels.Length - 1))]).Chunk(Math.Max(10, width))
            .Select(static bars => new string(bars));
    }

    private int Count(DateTimeOffset from, DateTimeOffset to) => asked.Count(one => one.At >= from && one.At < to);
}
