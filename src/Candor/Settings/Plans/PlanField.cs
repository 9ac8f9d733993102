namespace Candor.Settings.Plans;

/// <summary>A field of a definition: what decides whether it changed, and what people see of it.</summary>
internal sealed record PlanField(string Name, string? Value, string? Shown)
{
    public PlanField(string name, string? value)
        : this(name, value, value)
    {
    }
}
