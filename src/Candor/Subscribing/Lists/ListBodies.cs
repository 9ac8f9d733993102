using System.Text.Json.Serialization;
using Candor.Journal;

namespace Candor.Subscribing.Lists;

/// <summary>What is asked for when a list is brought.</summary>
internal sealed record ListOrder
{
    /// <summary>The table, as text.</summary>
    public string? List { get; init; }

    /// <summary>Say what would be done, and do nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Each new one confirms by a link first. Otherwise nothing is sent.</summary>
    public bool Ask { get; init; }

    /// <summary>Enter the good rows although there are bad ones.</summary>
    public bool LeaveOutBad { get; init; }
}

/// <summary>What would come of a list, or came of it.</summary>
internal sealed record ListOutcome
{
    public bool DryRun { get; init; }

    public bool Done { get; init; }

    public int New { get; init; }

    public int Changed { get; init; }

    public int Same { get; init; }

    /// <summary>What is told differently to those who are known already, one entry for each thing.</summary>
    public IReadOnlyList<ListChange> Changes { get; init; } = [];

    public IReadOnlyList<ListFault> Faults { get; init; } = [];

    public IReadOnlyList<ListFault> LeftOut { get; init; } = [];

    public IReadOnlyList<ListFault> Warnings { get; init; } = [];

    [JsonIgnore]
    public Refusal? Refusal { get; init; }
}

/// <param name="Field">The column that it stands under.</param>
internal sealed record ListChange(int Line, string Address, string Field, string Before, string After);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(ListOrder))]
[JsonSerializable(typeof(ListOutcome))]
internal sealed partial class ListJson : JsonSerializerContext;
