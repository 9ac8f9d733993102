using System.Text.Json.Serialization;
using Candor.State;

namespace Candor.Intake.Statuspage;

/// <summary>What the management API writes: names and instants as Statuspage has them, and nulls where it has nulls.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(MillisecondsConverter)])]
[JsonSerializable(typeof(V1Page))]
[JsonSerializable(typeof(IReadOnlyList<V1Page>))]
[JsonSerializable(typeof(V1Component))]
[JsonSerializable(typeof(IReadOnlyList<V1Component>))]
[JsonSerializable(typeof(V1Group))]
[JsonSerializable(typeof(IReadOnlyList<V1Group>))]
[JsonSerializable(typeof(V1Uptime))]
[JsonSerializable(typeof(V1Incident))]
[JsonSerializable(typeof(IReadOnlyList<V1Incident>))]
[JsonSerializable(typeof(V1IncidentUpdate))]
[JsonSerializable(typeof(V1Postmortem))]
[JsonSerializable(typeof(IReadOnlyList<V1Template>))]
[JsonSerializable(typeof(V1Template))]
[JsonSerializable(typeof(V1Subscriber))]
[JsonSerializable(typeof(IReadOnlyList<V1Subscriber>))]
[JsonSerializable(typeof(V1Metric))]
[JsonSerializable(typeof(IReadOnlyList<V1Metric>))]
[JsonSerializable(typeof(V1Provider))]
[JsonSerializable(typeof(IReadOnlyList<V1Provider>))]
[JsonSerializable(typeof(V1PointTold))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<V1Point>>))]
[JsonSerializable(typeof(V1SubscriberCount))]
[JsonSerializable(typeof(V1SubscriberHistogram))]
[JsonSerializable(typeof(V1EmbedConfig))]
[JsonSerializable(typeof(V1Reader))]
[JsonSerializable(typeof(IReadOnlyList<V1Reader>))]
[JsonSerializable(typeof(V1ReaderGroup))]
[JsonSerializable(typeof(IReadOnlyList<V1ReaderGroup>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(V1Error))]
internal sealed partial class V1Json : JsonSerializerContext;
