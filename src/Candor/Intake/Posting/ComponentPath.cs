using Candor.State;

namespace Candor.Intake.Posting;

/// <summary>A component by the names of everything above it: "Frontend > Homepage".</summary>
internal static class ComponentPath
{
    private const string Between = " > ";

    public static string Of(World world, Component component)
    {
        var names = new List<string>();

        // Not deeper than there are components: a circle of parents would be a defect, not a loop here.
        for (Component? one = component; one is not null && names.Count <= world.Components.Count;
            one = one.Definition.Parent is { } parent ? world.Components.GetValueOrDefault(parent) : null)
        {
            names.Insert(0, one.Definition.Name);
        }

        return string.Join(Between, names);
    }
}
