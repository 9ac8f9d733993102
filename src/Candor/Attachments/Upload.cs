using System.Text.Json.Serialization;

namespace Candor.Attachments;

/// <summary>A file that is coming in, or has come and waits for its words.</summary>
/// <param name="Id">Random, or made of its sender's key, so that who begins again finds it.</param>
/// <param name="By">The actor that sends it; nobody else sees it or uses it.</param>
/// <param name="Name">As <see cref="FileName.Of"/> made it.</param>
/// <param name="Bytes">How long it will be.</param>
internal sealed record Upload(string Id, string By, string Name, long Bytes, DateTimeOffset BegunAt)
{
    /// <summary>So many bytes are durable; the next chunk begins here.</summary>
    [JsonIgnore]
    public long Offset { get; init; }

    /// <summary>What came of it; null while bytes are missing.</summary>
    public KeptFile? File { get; init; }
}

/// <summary>A file that was looked at and is kept.</summary>
/// <param name="Bytes">As it is served: a picture is a little shorter than it was sent.</param>
internal sealed record KeptFile(string Hash, string Name, string Type, long Bytes, int? Width, int? Height);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Upload))]
internal sealed partial class UploadJson : JsonSerializerContext;
