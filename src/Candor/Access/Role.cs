using System.Text.Json.Serialization;

namespace Candor.Access;

/// <summary>What a person may do, from least to most; each may do what the ones before may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
internal enum Role
{
    /// <summary>Sees everything that operators see, and changes nothing.</summary>
    [JsonStringEnumMemberName("viewer")]
    Viewer,

    /// <summary>Posts: incidents, updates, maintenance, component statuses. Never configures.</summary>
    [JsonStringEnumMemberName("responder")]
    Responder,

    /// <summary>Also edits what was said, and what the page consists of.</summary>
    [JsonStringEnumMemberName("editor")]
    Editor,

    /// <summary>Also decides who the others are.</summary>
    [JsonStringEnumMemberName("owner")]
    Owner,
}
