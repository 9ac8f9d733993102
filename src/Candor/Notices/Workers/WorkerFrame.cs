using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.Notices.Channels;

namespace Candor.Notices.Workers;

/// <summary>
/// One thing that the core and the process of a channel say to each other; exactly one member is set, apart from the place.
/// With setters: what has none is read by way of a list of boxed members, and a crowd is three frames for each notice.
/// </summary>
internal sealed record WorkerFrame
{
    /// <summary>The core's first word: what the channel is opened with.</summary>
    public HelloFrame? Hello { get; set; }

    /// <summary>The core: messages that name this place say this. Seen by <see cref="FramePipe"/> alone.</summary>
    public MessageWords? Words { get; set; }

    /// <summary>The core: hand this over.</summary>
    public Message? Work { get; set; }

    /// <summary>Of words, or where those of the work are.</summary>
    public int? Place { get; set; }

    /// <summary>The process: the channel is open.</summary>
    public bool Ready { get; set; }

    /// <summary>The process, every second: it is not stuck.</summary>
    public bool Alive { get; set; }

    /// <summary>The process: from here on it may arrive.</summary>
    public string? Begun { get; set; }

    /// <summary>The process: this came of it.</summary>
    public WorkerAnswered? Done { get; set; }
}

internal sealed record HelloFrame(ImmutableSortedDictionary<string, string> Values, ImmutableArray<string> Allow)
{
    public override string ToString() => "hello";
}

/// <summary>Both sides are the same build, so the frames need no versions; strict all the same.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(WorkerFrame))]
internal sealed partial class WorkerJson : JsonSerializerContext;
