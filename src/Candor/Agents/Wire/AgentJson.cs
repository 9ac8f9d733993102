using System.Text.Json.Serialization;

namespace Candor.Agents.Wire;

/// <summary>What agents and the core say to each other. Members are added, never renamed; either side skips what it does not know.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 8)]
[JsonSerializable(typeof(EnrolBody))]
[JsonSerializable(typeof(EnrolView))]
[JsonSerializable(typeof(ChallengeView))]
[JsonSerializable(typeof(KeyBody))]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(ReportView))]
[JsonSerializable(typeof(Chunk))]
[JsonSerializable(typeof(Plan))]
internal sealed partial class AgentJson : JsonSerializerContext;
