namespace Candor.Settings.Plans;

/// <summary>A field of a definition: what decides whether it changed, and what people see of it.</summary>
internal sealed record PlanField(string Name, string? Value, string? Shown)
{
    public PlanField(string name, string? value)
        : this(name, value, value)
    {
    }

    /// <summary>Follows from other fields: worth a word where it alone changes, and none in what is new.</summary>
    public bool IsDerived { get; init; }
}
