using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Candor.Notices.Channels;

namespace Candor.Notices.Workers;

/// <summary>One thing that the core and the process of a channel say to each other; exactly one member is set, apart from the place.</summary>
internal sealed record WorkerFrame
{
    /// <summary>The core's first word: what the channel is opened with.</summary>
    public HelloFrame? Hello { get; init; }

    /// <summary>The core: messages that name this place say this. Seen by <see cref="FramePipe"/> alone.</summary>
    public MessageWords? Words { get; init; }

    /// <summary>The core: hand this over.</summary>
    public Message? Work { get; init; }

    /// <summary>Of words, or where those of the work are.</summary>
    public int? Place { get; init; }

    /// <summary>The process: the channel is open.</summary>
    public bool Ready { get; init; }

    /// <summary>The process, every second: it is not stuck.</summary>
    public bool Alive { get; init; }

    /// <summary>The process: from here on it may arrive.</summary>
    public string? Begun { get; init; }

    /// <summary>The process: this came of it.</summary>
    public DoneFrame? Done { get; init; }
}

internal sealed record HelloFrame(ImmutableSortedDictionary<string, string> Values, ImmutableArray<string> Allow)
{
    public override string ToString() => "hello";
}

/// <summary>An outcome on the wire. <paramref name="Handover"/> is null where the channel threw what nobody foresaw.</summary>
/// <param name="Took">How long the channel took for it; null where nobody measured.</param>
internal sealed record DoneFrame(string Key, Handover? Handover, TimeSpan? Took = null);

/// <summary>Both sides are the same build, so the frames need no versions; strict all the same.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(WorkerFrame))]
internal sealed partial class WorkerJson : JsonSerializerContext;
