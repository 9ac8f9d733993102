using System.Text.Json.Serialization;
using Candor.Notices.Channels;
using Candor.Notices.Wording;

namespace Candor.Notices.Trying;

/// <summary>Where a test is to go.</summary>
internal sealed record TestBody
{
    public string? Channel { get; init; }

    public string? Address { get; init; }
}

/// <summary>What came of it. Nothing of an answer's body.</summary>
internal sealed record TestView
{
    public required bool HandedOver { get; init; }

    /// <summary>It was not answered, and may have arrived nevertheless.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>A word from a closed set where it was not handed over: "timeout", "refused", "forbidden".</summary>
    public string? Reason { get; init; }

    /// <summary>What their side said, in a line.</summary>
    public required string Said { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Next { get; init; }

    public long TookMs { get; init; }

    public static TestView Of(Handover handover, TimeSpan took) => new()
    {
        HandedOver = handover.End == HandoverEnd.Delivered,
        MayHaveArrived = handover.Ambiguous,
        Reason = handover.Reason.Length > 0 ? handover.Reason : null,
        Said = handover.Said,
        Next = HandoverWords.Next(handover),
        TookMs = (long)took.TotalMilliseconds,
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 4)]
[JsonSerializable(typeof(TestBody))]
[JsonSerializable(typeof(TestView))]
internal sealed partial class TestJson : JsonSerializerContext;
