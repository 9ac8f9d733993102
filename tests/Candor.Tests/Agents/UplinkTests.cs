using System.Net;
using System.Text.Json;
using Candor.Agents;
using Candor.Agents.Outpost;
using Candor.Agents.Wire;
using Candor.Effects;
using Candor.Journal;
using Candor.Judging;
using Candor.State;
using Candor.Testing;
using Candor.Tests.Access;
using Candor.Tests.Effects;
using Microsoft.Extensions.Logging.Abstractions;

namespace Candor.Tests.Agents;

/// <summary>What an agent tells, turn by turn, and what it makes of the answers.</summary>
public sealed class UplinkTests : IDisposable
{
    private const string Run = "run";
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider time = new(Noon);
    private readonly FakeDisk disk = new();
    private readonly Core core = new();
    private readonly HttpClient http;
    private readonly Readings readings;
    private readonly Spool spool;
    private readonly Uplink uplink;

    public UplinkTests()
    {
        http = new(core);
        readings = new(Run, time);
        spool = new(disk, "spool", Spool.BytesMaxByDefault);
        var identity = Identity.New("https://status.example.com") with { Place = "eu" };
        uplink = new(
            identity, new(http, new("https://status.example.com")), spool, new(disk, PlanFile.FileName, identity), readings,
            new(time, new Cast.Chance(), NullLogger.Instance, "1"))
        {
            Run = Run, Follow = static _ => { },
        };
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        uplink.Dispose();
        http.Dispose();
        core.Dispose();
    }

    [Fact]
    public async Task An_agent_whose_folder_was_emptied_goes_on_above_what_the_core_has()
    {
        core.Accepted = 40_000;
        See(1);

        await uplink.TurnAsync(Ct);
        Assert.Equal(TimeSpan.Zero, uplink.Pause());
        await uplink.TurnAsync(Ct);

        Assert.Equal([1, 40_001], core.Chunks.Select(static chunk => chunk.Number));
        Assert.Equal(40_001, core.Accepted);
        Assert.Single(core.Chunks[1].Readings);
    }

    [Fact]
    public async Task What_went_to_the_disk_meanwhile_goes_above_it_too()
    {
        (core.Accepted, core.IsAway) = (40_000, true);
        for (var chunk = 0; chunk < 3; chunk++)
        {
            See(1);
            await uplink.TurnAsync(Ct);
            time.Advance(TimeSpan.FromSeconds(11));
        }

        Assert.Equal(3, spool.Count);
        core.IsAway = false;
        for (var turn = 0; turn < 4; turn++)
        {
            await uplink.TurnAsync(Ct);
        }

        Assert.Equal([1, 40_001, 40_002, 40_003], core.Chunks.Select(static chunk => chunk.Number));
        Assert.Equal(0, spool.Count);
    }

    [Fact]
    public async Task An_answer_that_was_lost_repeats_one_chunk_under_its_number()
    {
        See(1);
        core.LosesAnswers = true;
        await uplink.TurnAsync(Ct);
        core.LosesAnswers = false;
        await uplink.TurnAsync(Ct);

        Assert.Equal([1, 1], core.Chunks.Select(static chunk => chunk.Number));
        Assert.Equal(0, spool.Count);
    }

    [Fact]
    public async Task A_place_that_sees_more_than_a_chunk_each_second_sends_without_a_pause_and_counts_what_it_gave_up()
    {
        See(20_000 + 300);
        await uplink.TurnAsync(Ct);

        Assert.Equal(TimeSpan.Zero, uplink.Pause());
        for (var turn = 0; turn < 100 && uplink.Pause() == TimeSpan.Zero; turn++)
        {
            await uplink.TurnAsync(Ct);
        }

        Assert.True(readings.Count < ReportLimits.ReadingsMax);
        Assert.Equal(2, core.Dropped);
    }

    [Fact]
    public async Task A_full_disk_blinds_no_place()
    {
        disk.IsFull = true;
        for (var turn = 0; turn < 3; turn++)
        {
            See(1);
            await uplink.TurnAsync(Ct);
        }

        Assert.Equal([1, 2, 3], core.Chunks.Select(static chunk => chunk.Number));
    }

    [Fact]
    public async Task A_chunk_that_the_core_will_never_take_is_counted()
    {
        core.Refuses = true;
        See(1);
        await uplink.TurnAsync(Ct);
        core.Refuses = false;
        See(1);
        await uplink.TurnAsync(Ct);

        Assert.Equal(1, core.Dropped);
        Assert.Equal(2, core.Accepted);
    }

    [Fact]
    public async Task That_the_core_did_not_answer_is_said_with_its_day_and_for_an_hour()
    {
        core.IsAway = true;
        await uplink.TurnAsync(Ct);
        core.IsAway = false;
        await uplink.TurnAsync(Ct);
        await SayAsync();
        Assert.StartsWith("The core did not answer from 2026-11-27 12:00:00", core.Words, StringComparison.Ordinal);

        time.Advance(TimeSpan.FromMinutes(61));
        await SayAsync();
        await SayAsync();
        Assert.Equal("", core.Words);
    }

    private Task<Refusal?> SayAsync()
    {
        See(1);
        return uplink.TurnAsync(Ct);
    }

    private void See(int many)
    {
        for (var one = 0; one < many; one++)
        {
            readings.Add(new Observation(new("web"), new("eu"), time.GetUtcNow(), Reading.Good, "", TimeSpan.FromMilliseconds(5)));
        }
    }

    /// <summary>A core as far as a report goes: it takes each number once and says how far it is.</summary>
    private sealed class Core : HttpMessageHandler
    {
        public long Accepted { get; set; }

        public bool IsAway { get; set; }

        public bool LosesAnswers { get; set; }

        public bool Refuses { get; set; }

        public List<Chunk> Chunks { get; } = [];

        public long Dropped { get; private set; }

        public string Words { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsAway)
            {
                throw new HttpRequestException("Nobody is there.");
            }

            if (request.RequestUri!.AbsolutePath == AgentEndpoints.ChallengePath)
            {
                return Answer("""{"challenge":"c","at_ms":1}""");
            }

            var report = JsonSerializer.Deserialize(await request.Content!.ReadAsByteArrayAsync(cancellationToken), AgentJson.Default.Report)!;
            (Dropped, Words) = (report.Dropped, report.Words ?? "");
            if (Refuses)
            {
                return Answer("""{"code":"agent.report","title":"It was not taken."}""", HttpStatusCode.UnprocessableEntity);
            }

            if (report.Chunk is { } chunk)
            {
                Chunks.Add(chunk);
                Accepted = Math.Max(Accepted, chunk.Number);
            }

            return LosesAnswers ? throw new HttpRequestException("It was cut off.") : Answer(JsonSerializer.Serialize(new ReportView(Accepted, 1), AgentJson.Default.ReportView));
        }

        private static HttpResponseMessage Answer(string body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(body) };
    }
}
