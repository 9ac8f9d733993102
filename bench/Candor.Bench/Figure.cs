namespace Candor.Bench;

/// <summary>One measured number; <see cref="Target"/> is null where none is promised.</summary>
internal sealed record Figure(string Name, double Value, string Unit, double? Target, string Note)
{
    /// <summary>Whether less is better, which is so unless the unit is a rate or a ratio of ours to a peer's.</summary>
    public bool LessIsBetter => !Unit.EndsWith("/s", StringComparison.Ordinal) && Unit != "×";

    /// <summary>How often the target was met: 1 or more is good, whichever way the unit counts. Null without a target.</summary>
    public double? Ratio => Target is not { } target ? null
        : LessIsBetter ? (Value > 0 ? target / Value : null)
        : Value / target;
}
