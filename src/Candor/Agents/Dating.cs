using Candor.Agents.Wire;

namespace Candor.Agents;

/// <summary>
/// How old something was when it arrived, by the clocks of the agent that saw it. Within one run the clock that cannot jump
/// tells; the calendar may only make it older, since the other one stands still while a machine sleeps. Whatever a request was
/// held up on its way is added.
/// </summary>
/// <param name="now">Of the core.</param>
internal readonly struct Dating(Report report, DateTimeOffset now)
{
    /// <summary>Beyond it an agent's calendar tells nothing, so what only the calendar could date is left out.</summary>
    public static readonly TimeSpan SkewMax = TimeSpan.FromSeconds(60);

    private const long FarMs = 10L * 365 * 24 * 60 * 60 * 1000;

    public DateTimeOffset Now { get; } = now;

    /// <summary>How far the agent's calendar was ahead of the core's when it wrote the report.</summary>
    public TimeSpan Skew => Between(report.CoreMs, report.WallMs);

    private TimeSpan HeldUp => AtLeastZero(Between(report.CoreMs, Now.ToUnixTimeMilliseconds()));

    /// <summary>Null where nothing can tell.</summary>
    public TimeSpan? AgeOf(string run, long wallMs, long steadyMs)
    {
        var byCalendar = AtLeastZero(Between(wallMs, report.WallMs));
        if (run != report.Run)
        {
            return Skew.Duration() > SkewMax ? null : byCalendar + HeldUp;
        }

        var bySteady = AtLeastZero(Between(steadyMs, report.SteadyMs));
        return (bySteady > byCalendar ? bySteady : byCalendar) + HeldUp;
    }

    private static TimeSpan AtLeastZero(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    /// <summary>Whatever numbers were sent: ten years are more than any spool holds.</summary>
    private static TimeSpan Between(long fromMs, long toMs) =>
        TimeSpan.FromMilliseconds((long)Int128.Clamp((Int128)toMs - fromMs, -FarMs, FarMs));
}
