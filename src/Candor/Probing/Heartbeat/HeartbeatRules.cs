using Candor.Settings.Forms;

namespace Candor.Probing.Heartbeat;

/// <summary>
/// From ages to a finding; pure. Silence is bad only when we were listening at the time the beat was due: a beat that
/// came while Candor was down could not be heard, which is our fault and not the job's.
/// </summary>
internal static class HeartbeatRules
{
    public static Finding Judge(HeartbeatCheck check, HeartbeatAges ages)
    {
        if (ages.Failed is { } failed && !(ages.Ok < failed))
        {
            return Finding.Bad(ages.ExitCode is { } code ? $"the job ended with code {code}" : "the job reported a failure");
        }

        if (ages.Ok is not { } ok)
        {
            return ages.Started is null
                ? Finding.None("no heartbeat has been received yet")
                : RunsTooLong(check, ages) ?? Finding.None("the job has begun and not yet ended");
        }

        var deadline = check.Every + check.Grace;
        if (ok <= deadline)
        {
            return RunsTooLong(check, ages) ?? Finding.Good;
        }

        if (WasDeaf(check, ages, ok) && ages.Listening <= deadline)
        {
            return Finding.None("a heartbeat was due while Candor was not running");
        }

        return Finding.Bad($"no heartbeat for {Said(ok)}, expected every {Durations.Write(check.Every)}");
    }

    private static Finding? RunsTooLong(HeartbeatCheck check, HeartbeatAges ages) =>
        ages.Started is { } started && !(ages.Ok <= started) && started > check.RunsAtMost
            ? Finding.Bad($"the job has been running for {Said(started)}, at most {Durations.Write(check.RunsAtMost.Value)} expected")
            : null;

    /// <summary>Whether the time in which the beat was to be expected overlaps the time in which we could not hear.</summary>
    private static bool WasDeaf(HeartbeatCheck check, HeartbeatAges ages, TimeSpan ok)
    {
        if (ages.Deaf is not { } deaf || ok < ages.Listening)
        {
            return false;
        }

        // Ages count backwards: the larger one is the earlier moment.
        var from = ok - check.Every + check.Grace;
        var to = ok - check.Every - check.Grace;
        return to < deaf && from > ages.Listening;
    }

    private static string Said(TimeSpan age) => Durations.Write(age.TotalHours >= 1
        ? TimeSpan.FromMinutes(Math.Floor(age.TotalMinutes))
        : TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds)));
}
