using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Candor.State;
using Candor.State.Incidents;

namespace Candor.Tests.Journal;

/// <summary>
/// Facts as earlier releases stored them. Never edit a sample: where one stops being read as it was, old journals do too.
/// </summary>
public sealed class KindsTests
{
    /// <summary>In an order in which they can be folded.</summary>
    private static readonly string[] Order =
    [
        "page.configured", "policy.configured", "component.added", "component.changed", "monitor.added", "monitor.changed",
        "vantage.changed", "clock.jumped", "monitor.judged", "component.state_changed", "incident.opened",
        "incident.published", "incident.downtime_began", "incident.cause_joined", "incident.cause_left",
        "incident.downtime_ended", "incident.taken_over", "incident.released", "incident.next_update_promised",
        "incident.next_update_reminded", "incident.next_update_missed", "incident.suggested", "incident.earlier_start_suggested", "incident.renamed",
        "incident.impact_set", "incident.backdated", "incident.metadata_set", "incident.updated", "incident.update_edited",
        "incident.file_removed", "incident.update_removed", "incident.split", "incident.merged", "incident.removed", "component.pinned",
        "component.unpinned", "series.set", "maintenance.scheduled", "maintenance.updated", "maintenance.rescheduled",
        "maintenance.changed", "maintenance.metadata_set", "maintenance.reminded", "maintenance.update_edited",
        "maintenance.update_removed", "maintenance.cancelled", "maintenance.removed", "series.ended", "postmortem.drafted",
        "postmortem.published", "postmortem.reverted", "postmortem.removed", "action.set", "action.done", "action.dropped",
        "widget.configured", "template.saved", "template.removed", "metric.defined", "metric.removed", "subscriber.joined", "subscriber.asked", "subscriber.confirmed", "subscriber.wishes_changed",
        "reminder.raised", "reminder.acknowledged", "digest.closed", "notices.handed_over", "subscriber.left", "subscriber.stopped", "subscriber.erased", "audit.recorded", "request.answered", "history.imported", "history.withdrawn",
        "component.removed", "monitor.removed",
    ];

    public static TheoryData<string> Samples => [.. Order];

    [Fact]
    public void Every_kind_has_a_sample() => Assert.Equal(Kinds.Names.Order(StringComparer.Ordinal), Order.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_stored_fact_still_reads_as_it_did(string kind)
    {
        var stored = Read(kind);

        var read = Kinds.Decode(kind, Encoding.UTF8.GetBytes(stored), default);

        Assert.Equal(kind, Kinds.NameOf(read));
        var written = JsonNode.Parse(Kinds.Encode(read))!;
        Assert.Empty(Lost(JsonNode.Parse(stored)!, written, kind));
    }

    [Fact]
    public void Every_stored_fact_folds()
    {
        var world = World.Fold(World.Empty, new IncidentOpened(
            default, new("abcdefghij13"), "Login", default, Automatic: false, Published: true, "Login fails.", []));
        foreach (var kind in Order)
        {
            var after = World.Fold(world, Kinds.Decode(kind, Encoding.UTF8.GetBytes(Read(kind)), default));
            Assert.NotEqual(world, after);
            var stored = JsonSerializer.SerializeToUtf8Bytes(after, JournalJson.Default.World);
            Assert.Equal(stored, JsonSerializer.SerializeToUtf8Bytes(
                JsonSerializer.Deserialize(stored, JournalJson.Default.World), JournalJson.Default.World));
            world = after;
        }

        Assert.Equal(IncidentStatus.Resolved, world.Incidents[new("abcdefghij12")].Status);
        Assert.Empty(world.Monitors);
    }

    /// <summary>Every value of the sample that did not survive; new fields beside it are fine.</summary>
    private static IEnumerable<string> Lost(JsonNode stored, JsonNode? written, string path) => (stored, written) switch
    {
        (JsonObject a, JsonObject b) => a.SelectMany(member => member.Value is null
            ? []
            : Lost(member.Value, b[member.Key], $"{path}.{member.Key}")),
        (JsonArray a, JsonArray b) when a.Count == b.Count => a.SelectMany((item, i) => Lost(item!, b[i], $"{path}[{i}]")),
        (JsonValue a, JsonValue b) when JsonNode.DeepEquals(a, b) => [],
        _ => [$"{path}: {stored.ToJsonString()} became {written?.ToJsonString() ?? "nothing"}"],
    };

    private static string Read(string kind)
    {
        using var stream = typeof(KindsTests).Assembly.GetManifestResourceStream($"kinds/{kind}.json")
            ?? throw new FileNotFoundException($"Add a sample of {kind} to tests/Candor.Tests/Journal/Kinds.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
