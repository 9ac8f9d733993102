using Candor.Judging;
using Candor.Probing.Heartbeat;

namespace Candor.Tests.Probing;

public class HeartbeatRulesTests
{
    private static readonly HeartbeatCheck Daily = new(TimeSpan.FromHours(24), TimeSpan.FromHours(1));

    private static readonly HeartbeatAges Fresh = new(
        Ok: null, Started: null, Failed: null, ExitCode: null, Listening: TimeSpan.FromDays(100), Deaf: null);

    [Fact]
    public void A_job_never_heard_of_says_nothing() => Says(Reading.None, "no heartbeat has been received yet", Fresh);

    [Theory]
    [InlineData(0)]
    [InlineData(24)]
    [InlineData(25)]
    public void A_beat_within_interval_and_grace_is_good(double hours) => Says(Reading.Good, "", Fresh with { Ok = Hours(hours) });

    [Fact]
    public void Silence_beyond_the_grace_is_bad() =>
        Says(Reading.Bad, "no heartbeat for 1d1h6m, expected every 24h", Fresh with { Ok = Hours(25.1) });

    [Fact]
    public void A_reported_failure_is_bad_at_once() =>
        Says(Reading.Bad, "the job ended with code 3", Fresh with { Ok = Hours(2), Failed = Hours(1), ExitCode = 3 });

    [Fact]
    public void A_failure_without_a_code_is_said_as_such() =>
        Says(Reading.Bad, "the job reported a failure", Fresh with { Failed = Hours(1) });

    [Fact]
    public void Success_after_a_failure_is_good() => Says(Reading.Good, "", Fresh with { Ok = Hours(1), Failed = Hours(2) });

    [Fact]
    public void A_job_that_runs_too_long_is_bad()
    {
        var check = Daily with { RunsAtMost = TimeSpan.FromHours(3) };
        Says(Reading.Good, "", Fresh with { Ok = Hours(20), Started = Hours(2.9) }, check);
        Says(Reading.Bad, "the job has been running for 3h6m, at most 3h expected", Fresh with { Ok = Hours(20), Started = Hours(3.1) }, check);
        Says(Reading.Good, "", Fresh with { Ok = Hours(1), Started = Hours(4) }, check);
    }

    [Fact]
    public void A_beat_that_was_due_while_we_were_down_is_no_evidence() =>
        Says(
            Reading.None,
            "a heartbeat was due while Candor was not running",
            Fresh with { Ok = Hours(26), Listening = Hours(1.5), Deaf = Hours(2.5) });

    [Fact]
    public void It_becomes_evidence_when_the_next_one_fails_to_come_too() =>
        Says(
            Reading.Bad,
            "no heartbeat for 2d2h30m, expected every 24h",
            Fresh with { Ok = Hours(50.5), Listening = Hours(26), Deaf = Hours(27) });

    [Fact]
    public void A_restart_at_another_time_excuses_nothing() =>
        Says(
            Reading.Bad,
            "no heartbeat for 1d2h, expected every 24h",
            Fresh with { Ok = Hours(26), Listening = Hours(10), Deaf = Hours(10.1) });

    [Fact]
    public void What_was_overdue_before_the_restart_stays_bad() =>
        Says(
            Reading.Bad,
            "no heartbeat for 1d6h, expected every 24h",
            Fresh with { Ok = Hours(30), Listening = Hours(0.1), Deaf = Hours(0.2) });

    private static void Says(Reading reading, string reason, HeartbeatAges ages, HeartbeatCheck? check = null)
    {
        var finding = HeartbeatRules.Judge(check ?? Daily, ages);
        Assert.Equal((reading, reason), (finding.Reading, finding.Reason));
    }

    private static TimeSpan Hours(double hours) => TimeSpan.FromHours(hours);
}
