using System.Text.Json.Serialization;

namespace Candor.Importing.Entering;

/// <summary>How an import is sent to a running server and told back.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    MaxDepth = 12)]
[JsonSerializable(typeof(ImportRequest))]
[JsonSerializable(typeof(ImportTold))]
[JsonSerializable(typeof(WithdrawBody))]
[JsonSerializable(typeof(WithdrawnTold))]
internal sealed partial class ImportJson : JsonSerializerContext;
