using System.Text.Json;
using Candor.Agents;
using Candor.Agents.Wire;

namespace Candor.Tests.Agents;

/// <summary>What comes over the wire, read as it is read there.</summary>
public sealed class MessagesTests
{
    private const string Report = """{"run":"a","wall_ms":1,"steady_ms":1,"core_ms":1,"chunk":{"number":1,"run":"a","readings":[READING]}}""";

    [Fact]
    public void What_was_left_out_is_empty_and_never_nothing()
    {
        var report = Read("""{"run":"a","wall_ms":1,"steady_ms":1,"core_ms":1,"chunk":{"number":1,"run":"a"}}""");

        Assert.Null(ReportLimits.Against(report));
        Assert.Equal(("", 0, 0), (report.Version, report.Chunk!.Readings.Count, report.Chunk.Controls.Count));
        Assert.Empty(JsonSerializer.Deserialize("""{"name":"eu"}""", PlaceJson.Default.PlaceBody)!.Monitors);
        var reading = Read(Report.Replace("READING", """{"monitor":"web","wall_ms":1,"steady_ms":1,"said":"good"}""", StringComparison.Ordinal));
        Assert.Null(ReportLimits.Against(reading));
        Assert.Equal("", reading.Chunk!.Readings[0].Reason);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"monitor":"web","wall_ms":1,"steady_ms":1,"said":"superb"}""")]
    [InlineData("""{"monitor":"web","wall_ms":1,"steady_ms":1,"said":"good","reason":"a\u0007"}""")]
    [InlineData("""{"monitor":"web","wall_ms":1,"steady_ms":1,"said":"good","took_ms":-1}""")]
    [InlineData("""{"monitor":"web","wall_ms":1,"steady_ms":1,"said":"good","took_ms":1e300}""")]
    [InlineData("""{"monitor":"web","wall_ms":1,"steady_ms":1,"said":"good","phases":[null]}""")]
    [InlineData("""{"monitor":"web","wall_ms":1,"steady_ms":1,"said":"good","measured":[null]}""")]
    public void What_no_agent_writes_is_refused_with_its_place(string reading) =>
        Assert.Equal("agent.report", ReportLimits.Against(Read(Report.Replace("READING", reading, StringComparison.Ordinal)))?.Code);

    [Theory]
    [InlineData("""{"run":"a","wall_ms":1,"steady_ms":1}""")]
    [InlineData("""{"run":null,"wall_ms":1,"steady_ms":1,"core_ms":1}""")]
    [InlineData("""{"run":"a","wall_ms":1e40,"steady_ms":1,"core_ms":1}""")]
    [InlineData("""{"run":"a","wall_ms":1,"steady_ms":1,"core_ms":1,"chunk":{"number":1,"run":"a","readings":null}}""")]
    public void What_lacks_what_it_must_have_does_not_read(string text) => Assert.Throws<JsonException>(() => Read(text));

    private static Report Read(string text) => JsonSerializer.Deserialize(text, AgentJson.Default.Report)!;
}
