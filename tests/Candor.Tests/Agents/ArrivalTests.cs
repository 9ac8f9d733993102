using Candor.Access.Agents;
using Candor.Agents;
using Candor.Agents.Wire;
using Candor.Effects;
using Candor.Judging;
using Candor.State;

namespace Candor.Tests.Agents;

/// <summary>What a report does, with times in milliseconds since the agent's steady clock began.</summary>
public sealed class ArrivalTests
{
    private const long Day = 86_400_000;
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly VantageId Eu = new("eu");

    private static readonly World World = Folded(
        new PolicyConfigured(Now, Policy.Default with { Vantages = [VantageId.Local, Eu], Controls = ["gateway"] }),
        new MonitorAdded(Now, Monitor("web")), new MonitorAdded(Now, Monitor("mail") with { From = [VantageId.Local] }));

    private static readonly PlaceView Place = PlaceView.Of(
        new Agent(Eu, Now) { PublicKey = "key", Rights = new(PrivateNetworks: true, []) }, World, static _ => null);

    [Fact]
    public void A_fresh_reading_is_dated_by_its_age_and_heard()
    {
        var arrival = Of(Report(Chunk(1, Seen("web", agoMs: 1_500))));

        var seen = Assert.Single(arrival.Measured);
        Assert.Equal((Now.AddSeconds(-1.5), TimeSpan.FromSeconds(1.5), Eu), (seen.At, seen.Age, seen.Vantage));
        Assert.Collection(arrival.Heard, static sign => Assert.IsType<VantageHeard>(sign), sign => Assert.Same(seen, sign));
        Assert.Equal((1, 0, TimeSpan.FromSeconds(1.5)), (arrival.Standing.Accepted, arrival.Standing.Late, arrival.Standing.Lag));
    }

    [Fact]
    public void P_14_What_is_older_than_the_fresh_window_is_history_and_never_evidence()
    {
        var arrival = Of(Report(Chunk(1, Seen("web", agoMs: 3_600_000, said: "bad"), Seen("web", agoMs: 31_000, said: "bad"), Seen("web", agoMs: 29_000))));

        Assert.Equal(3, arrival.Measured.Length);
        Assert.Equal("good", ReportLimits.Word(Assert.Single(arrival.Heard.OfType<Observation>()).Reading));
        Assert.Equal(2, arrival.Standing.Late);
        Assert.Equal([3_600, 31], arrival.Late.OfType<LateReading>().Select(static late => (int)late.Age.TotalSeconds));
    }

    [Fact]
    public void Numbers_that_fell_behind_are_said_and_a_lost_answer_is_not()
    {
        var standing = Of(Report(Chunk(700, Seen("web", 1_000)))).Standing;
        for (var number = 1; number <= 3; number++)
        {
            Assert.Equal("", standing.Words);
            standing = Arrival.Of(standing, Report(Chunk(number, Seen("web", 1_000))), Place, World, new(Now, default)).Standing;
        }

        Assert.Contains("taken before", standing.Words, StringComparison.Ordinal);
        Assert.Equal("", Arrival.Of(standing, Report(Chunk(701, Seen("web", 1_000))), Place, World, new(Now, default)).Standing.Words);
    }

    [Fact]
    public void A_chunk_counts_once_however_often_it_comes()
    {
        var first = Of(Report(Chunk(7, Seen("web", 1_000))));
        var again = Arrival.Of(first.Standing, Report(Chunk(7, Seen("web", 1_000))), Place, World, new(Now, default));
        var older = Arrival.Of(first.Standing, Report(Chunk(6, Seen("web", 1_000))), Place, World, new(Now, default));

        Assert.All([again, older], static repeated =>
        {
            Assert.Empty(repeated.Measured);
            Assert.IsType<VantageHeard>(Assert.Single(repeated.Heard));
            Assert.Equal(7, repeated.Standing.Accepted);
        });
    }

    [Fact]
    public void SEC_34_Nobody_reports_for_what_is_not_theirs()
    {
        var arrival = Of(Report(Chunk(1, Seen("mail", 1_000, "bad"), Seen("nowhere", 1_000, "bad"))));

        Assert.Empty(arrival.Measured);
        Assert.Equal(2, arrival.Standing.Ignored);
        Assert.All(arrival.Heard, static sign => Assert.Equal(Eu, sign.Vantage));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3_600_000)]
    [InlineData(-86_400_000)]
    [InlineData(long.MaxValue / 4)]
    public void A_calendar_that_is_wrong_moves_no_reading(long skewMs)
    {
        var arrival = Of(Report(Chunk(1, Seen("web", 2_000, skewMs: skewMs)), skewMs: skewMs));

        Assert.Equal(Now.AddSeconds(-2), Assert.Single(arrival.Measured).At);
    }

    [Fact]
    public void A_machine_that_slept_has_older_readings_than_its_steady_clock_says()
    {
        var slept = Seen("web", 1_000) with { WallMs = NowMs - 7_200_000 };

        Assert.Equal(TimeSpan.FromHours(2), Assert.Single(Of(Report(Chunk(1, slept))).Measured).Age);
    }

    [Fact]
    public void What_a_report_was_held_up_makes_its_readings_older()
    {
        var heldUp = Report(Chunk(1, Seen("web", 1_000, "bad"))) with { CoreMs = NowMs - 600_000 };

        var arrival = Of(heldUp);

        Assert.Equal(TimeSpan.FromSeconds(601), Assert.Single(arrival.Measured).Age);
        Assert.DoesNotContain(arrival.Heard, static sign => sign is Observation);
    }

    [Fact]
    public void Readings_of_a_run_before_are_dated_by_the_calendar_as_long_as_it_can_be_trusted()
    {
        var before = Chunk(1, Seen("web", 5_000) with { SteadyMs = 99 * Day }) with { Run = "before" };

        Assert.Equal(TimeSpan.FromSeconds(5), Assert.Single(Of(Report(before)).Measured).Age);
        var wrong = Of(Report(before, skewMs: 61_000));
        Assert.Empty(wrong.Measured);
        Assert.Equal((1, TimeSpan.FromSeconds(61)), (wrong.Standing.Ignored, wrong.Standing.Skew));
    }

    [Fact]
    public void How_it_saw_before_says_nothing_of_how_it_sees_now()
    {
        var chunk = Chunk(1) with { Controls = [Control(40_000), Control(2_000), Control(1_000) with { Target = "elsewhere:1" }] };

        var reading = Assert.Single(Of(Report(chunk)).Heard.OfType<ControlReading>());
        Assert.Equal(TimeSpan.FromSeconds(2), reading.Age);
        Assert.Equal(40, Assert.Single(Of(Report(chunk)).Late.OfType<LateControl>()).Age.TotalSeconds);
    }

    [Fact]
    public void The_judge_hears_the_oldest_first()
    {
        var chunk = Chunk(1, Seen("web", 1_000, "bad"), Seen("web", 3_000, "bad")) with { Controls = [Control(2_000)] };

        var heard = Of(Report(chunk)).Heard;

        Assert.Equal([0, 3, 2, 1], heard.Select(static sign => (int)sign.Age.TotalSeconds));
    }

    private static long NowMs => Now.ToUnixTimeMilliseconds();

    private static Arrival Of(Report report) => Arrival.Of(Standing.Unheard, report, Place, World, new Moment(Now, TimeSpan.FromDays(3)));

    private static Report Report(Chunk chunk, long skewMs = 0) => new("run", NowMs + skewMs, 10 * Day, NowMs) { Chunk = chunk };

    private static Chunk Chunk(long number, params SentReading[] readings) => new(number, "run") { Readings = readings };

    private static SentReading Seen(string monitor, long agoMs, string said = "good", long skewMs = 0) =>
        new(monitor, NowMs + skewMs - agoMs, (10 * Day) - agoMs, said);

    private static SentControl Control(long agoMs) => new("gateway", NowMs - agoMs, (10 * Day) - agoMs, Answered: true);

    private static MonitorDefinition Monitor(string id) => new(
        new(id), new("http", $"https://{id}.example/", "{}"), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), JudgingRules.Default);

    private static World Folded(params IEnumerable<Event> events) => events.Aggregate(World.Empty, World.Fold);
}
