using System.Text;
using System.Text.Json;
using Candor.Intake.Alerts;
using Candor.State;

namespace Candor.Tests.Intake.Alerts;

public sealed class AlertMessagesTests
{
    /// <summary>As Alertmanager 0.25 sends it, with made-up values.</summary>
    internal const string Alertmanager = """
        {"receiver":"candor","status":"firing","alerts":[
          {"status":"firing","labels":{"alertname":"QueueLong","service":"mail"},"annotations":{"summary":"12,000 wait"},
           "startsAt":"2026-11-26T08:59:00.123Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://x","fingerprint":"b2c4"},
          {"status":"resolved","labels":{"alertname":"QueueLong","service":"push"},"annotations":{},
           "startsAt":"2026-11-26T08:00:00Z","endsAt":"2026-11-26T08:30:00Z","generatorURL":"http://x","fingerprint":"b2c5"}],
         "groupLabels":{"service":"mail"},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://x","version":"4","groupKey":"{}","truncatedAlerts":0}
        """;

    [Fact]
    public void Alertmanagers_alerts_are_read_with_what_identifies_them()
    {
        var told = Read(AlertTool.Alertmanager, Alertmanager);

        Assert.Equal(
            [("b2c4", AlertStatus.Firing, "QueueLong", "12,000 wait"), ("b2c5", AlertStatus.Resolved, "QueueLong", "")],
            told.Select(static one => (one.Id, one.Status, one.Name, one.Summary)));
        Assert.Equal("mail", told[0].Labels["service"]);
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 8, 59, 0, 123, TimeSpan.Zero), told[0].StartsAt);
    }

    [Fact]
    public void Without_a_fingerprint_the_labels_are_what_an_alert_is_known_by()
    {
        var (one, same, other) = (Of("a", "b"), Of("a", "b"), Of("a", "c"));

        Assert.Equal(one, same);
        Assert.NotEqual(one, other);

        static string Of(string key, string value) =>
            Read(AlertTool.Alertmanager, "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"" + key + "\":\"" + value + "\",\"z\":\"y\"}}]}")[0].Id;
    }

    [Theory]
    [InlineData("DatasourceNoData")]
    [InlineData("DatasourceError")]
    public void Grafana_not_seeing_is_no_evidence(string name) =>
        Assert.Equal(AlertStatus.Unseen, Read(AlertTool.Grafana, "{\"alerts\":[{\"status\":\"firing\",\"fingerprint\":\"1\",\"labels\":{\"alertname\":\"" + name + "\"}}]}")[0].Status);

    [Theory]
    [InlineData("Triggered", "Firing")]
    [InlineData("Re-Warn", "Firing")]
    [InlineData("Recovered", "Resolved")]
    [InlineData("No Data", "Unseen")]
    public void Datadogs_transitions_and_tags_are_read(string transition, string status)
    {
        var told = Assert.Single(Read(
            AlertTool.Datadog, "{\"alert_id\":\"42\",\"scope\":\"host:a\",\"transition\":\"" + transition + "\",\"title\":\"Queue\",\"tags\":\"service:mail, env:prod,lone,service:other\"}"));

        Assert.Equal((status, "42/host:a", "Queue"), (told.Status.ToString(), told.Id, told.Name));
        Assert.Equal(("mail", "prod", ""), (told.Labels["service"], told.Labels["env"], told.Labels["lone"]));
    }

    [Theory]
    [InlineData("generic", "{}")]
    [InlineData("generic", """{"alerts":[{"status":"firing"}]}""")]
    [InlineData("generic", """{"alerts":[{"id":"a","status":"on"}]}""")]
    [InlineData("generic", """{"alerts":[{"id":"a","status":"firing","sevrity":"high"}]}""")]
    [InlineData("generic", """{"alerts":["a"]}""")]
    [InlineData("generic", "[]")]
    [InlineData("alertmanager", """{"alerts":[{"status":"firing"}]}""")]
    [InlineData("alertmanager", """{"alerts":{}}""")]
    [InlineData("datadog", """{"title":"x"}""")]
    [InlineData("datadog", """{"alert_id":"1","transition":"$ALERT_TRANSITION"}""")]
    public void What_cannot_be_understood_is_said(string tool, string body) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => Read(AlertMessages.ToolOf(tool)!.Value, body)).Message);

    [Fact]
    public void Sizes_and_depths_are_bounded()
    {
        Assert.ThrowsAny<JsonException>(() => Read(AlertTool.Alertmanager, new string('[', 100_000)));
        Assert.ThrowsAny<JsonException>(() => Read(AlertTool.Generic, """{"alerts":[{"id":"\ud800","status":"firing"}]}"""));
        Assert.Throws<FormatException>(() => Read(AlertTool.Generic, "{\"alerts\":[" + string.Join(',', Enumerable.Repeat("{}", 1_001)) + "]}"));
        var labels = string.Join(',', Enumerable.Range(0, 500).Select(static i => $"\"l{i}\":\"{new string('x', 2_000)}\""));
        var told = Read(AlertTool.Generic, "{\"alerts\":[{\"id\":\"" + new string('i', 3_000) + "\",\"status\":\"firing\",\"summary\":\"" + new string('s', 9_000) + "\",\"labels\":{" + labels + "}}]}")[0];

        Assert.Equal((64, 500, 1_000), (told.Labels.Count, told.Id.Length, told.Summary.Length));
        Assert.All(told.Labels.Values, static value => Assert.Equal(500, value.Length));
    }

    private static IReadOnlyList<ToldAlert> Read(AlertTool tool, string body) => AlertMessages.Read(tool, Encoding.UTF8.GetBytes(body));
}
