using System.Text.Json.Serialization;

namespace Candor.Intake.Posting;

/// <summary>What the API of posting reads and writes. Strict: a member that is none of ours, or stands there twice, is a slip.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(IncidentBody))]
[JsonSerializable(typeof(UpdateBody))]
[JsonSerializable(typeof(RenameBody))]
[JsonSerializable(typeof(MaintenanceBody))]
[JsonSerializable(typeof(IncidentView))]
[JsonSerializable(typeof(IncidentList))]
[JsonSerializable(typeof(MaintenanceView))]
[JsonSerializable(typeof(MaintenanceList))]
[JsonSerializable(typeof(ComponentList))]
[JsonSerializable(typeof(UploadBody))]
[JsonSerializable(typeof(UploadView))]
internal sealed partial class PostJson : JsonSerializerContext;
