namespace Candor.State;

/// <summary>A component that somebody names, and how it is; in one region, or in all of them.</summary>
internal readonly record struct Affected(ComponentId Component, ComponentStatus Status, string? Region = null)
{
    public static implicit operator Affected((ComponentId Component, ComponentStatus Status) named) =>
        new(named.Component, named.Status);
}
