using System.Collections.Immutable;

namespace Candor.Settings.Plans;

internal enum PlanAct
{
    Add,
    Change,
    Remove,
}

/// <summary>One line of a plan: what becomes of a thing ("component Frontend / Homepage"), and for a change, of its fields.</summary>
internal sealed record PlanStep(PlanAct Act, string Thing, ImmutableArray<FieldChange> Changes);

/// <summary>A field before and after, in the words of the settings file; null where there was or will be nothing.</summary>
internal sealed record FieldChange(string Name, string? Before, string? After);
