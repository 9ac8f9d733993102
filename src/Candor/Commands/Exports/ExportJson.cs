using System.Text.Json.Serialization;

namespace Candor.Commands.Exports;

/// <summary>The lines of a complete export. Others read them: add members, never rename.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 64)]
[JsonSerializable(typeof(ExportHeader))]
[JsonSerializable(typeof(ExportedFact))]
internal sealed partial class ExportJson : JsonSerializerContext;
