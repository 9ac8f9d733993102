using System.Text.Json.Serialization;
using Candor.Access.Agents;
using Candor.Access.External;
using Candor.Access.Reading;

namespace Candor.Access;

/// <summary>The storage format of people.db. For ever: add members, never rename.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(ApiToken))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(ReaderSession))]
[JsonSerializable(typeof(ReaderLink))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(Agent))]
[JsonSerializable(typeof(Waiting))]
internal sealed partial class AccessJson : JsonSerializerContext;
