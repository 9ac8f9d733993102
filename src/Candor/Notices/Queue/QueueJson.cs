using System.Text.Json.Serialization;
using Candor.Notices.Streams;

namespace Candor.Notices.Queue;

/// <summary>The storage format of streams. As in the journal: add optional fields, never rename, retype or reuse.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(NoticeStream))]
internal sealed partial class QueueJson : JsonSerializerContext;
