using System.Text.Json.Serialization;

namespace Candor.Access;

/// <summary>The storage format of people.db. For ever: add members, never rename.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(ApiToken))]
[JsonSerializable(typeof(Invitation))]
internal sealed partial class AccessJson : JsonSerializerContext;
