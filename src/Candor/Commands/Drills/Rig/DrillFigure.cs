namespace Candor.Commands.Drills.Rig;

/// <summary>One figure of a drill beside its target.</summary>
/// <param name="Value">Null where it was not tried.</param>
/// <param name="Holds">Whether it is within its target; null where it was not tried.</param>
internal sealed record DrillFigure(string Drill, string Name, double? Value, string Unit, string Target, bool? Holds)
{
    public required string Commit { get; init; }

    public required string Machine { get; init; }

    public string? Note { get; init; }

    /// <summary>What it was made of, where it is one figure of many numbers.</summary>
    public IReadOnlyList<double>? Samples { get; init; }
}
