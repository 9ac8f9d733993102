using System.Text.Json.Serialization;
using Candor.State;

namespace Candor.Pages.Json;

/// <summary>What readers' programs get. Everything in it is a record of its own: a field of the domain is never public by accident.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(MillisecondsConverter)])]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(V2SummaryBody))]
[JsonSerializable(typeof(V2StatusBody))]
[JsonSerializable(typeof(V2ComponentsBody))]
[JsonSerializable(typeof(V2IncidentsBody))]
[JsonSerializable(typeof(V2MaintenancesBody))]
[JsonSerializable(typeof(MetricsBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
