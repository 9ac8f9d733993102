using System.Collections.Immutable;
using Candor.State;

namespace Candor.Importing.Entering;

/// <summary>What an import did, or would do, as it is told to people and programs.</summary>
/// <param name="Import">What `candor import undo` takes.</param>
internal sealed record ImportTold(ImportId Import, ImmutableArray<ToldStep> Steps, ImmutableArray<ToldComponent> Components)
{
    public static ImportTold Of(ImportRequest request, ImportPlan plan, World world) => new(
        request.Import,
        [.. plan.Steps.Select(step => new ToldStep(step.Id, step.Title, step.Act, step.Why, step.Remedy))],
        [.. plan.Components.Select(one => new ToldComponent(one.Theirs, one.IsHistoric ? null : world.Components[one.Ours].Definition.Name))]);

    public ImportTold And(ImportTold more) => this with
    {
        Steps = Steps.AddRange(more.Steps),
        Components = [.. Components.Concat(more.Components).Distinct()],
    };

    public int Count(ImportAct act) => Steps.Count(step => step.Act == act);
}

/// <summary>One incident or maintenance.</summary>
internal sealed record ToldStep(string Id, string Title, ImportAct Act, string? Why, string? Remedy);

/// <param name="Ours">The component of this page, or null: only the history names it.</param>
internal sealed record ToldComponent(string Theirs, string? Ours);
