using System.Text.Json.Serialization;

namespace Candor.Access;

/// <summary>What a token may do, from least to most. No token decides about people or other tokens.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TokenScope>))]
internal enum TokenScope
{
    [JsonStringEnumMemberName("read")]
    Read,

    /// <summary>As a responder.</summary>
    [JsonStringEnumMemberName("post")]
    Post,

    /// <summary>As an editor.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin,
}
