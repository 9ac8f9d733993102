namespace Candor.Commands.Drills.Rig;

/// <summary>One figure of a drill beside its target.</summary>
/// <param name="Holds">Whether it is within its target.</param>
internal sealed record DrillFigure(string Drill, string Name, double Value, string Unit, string Target, bool Holds)
{
    public required string Commit { get; init; }

    public required string Machine { get; init; }

    public string? Note { get; init; }
}
