using System.Text;
using Candor.Settings.Forms;

namespace Candor.Settings.Plans;

/// <summary>A plan for a terminal: + for what comes, ~ for what changes, - for what goes.</summary>
internal static class PlanText
{
    /// <param name="plan">What to show.</param>
    /// <param name="isColoured">Whether escape sequences are wanted, that is, on a terminal.</param>
    public static string Of(Plan plan, bool isColoured)
    {
        var text = new StringBuilder();
        foreach (var step in plan.Steps)
        {
            var (mark, colour) = Mark(step.Act);
            text.Append(isColoured ? $"\e[{colour}m  {mark} {Visible(step.Thing)}\e[0m" : $"  {mark} {Visible(step.Thing)}").Append('\n');
            var width = step.Changes.IsEmpty ? 0 : step.Changes.Max(c => c.Name.Length);
            foreach (var change in step.Changes)
            {
                text.Append("      ").Append(change.Name.PadRight(width)).Append("  ").Append(Said(change, step.Act)).Append('\n');
            }
        }

        return text.Append(Sum(plan)).ToString();
    }

    /// <summary>"3 to add, 1 to change, nothing to remove."</summary>
    public static string Sum(Plan plan) => plan.IsEmpty
        ? "Nothing to do: what runs is what the file says."
        : $"{Count(plan, PlanAct.Add)} to add, {Count(plan, PlanAct.Change)} to change, {Count(plan, PlanAct.Remove)} to remove.";

    private static string Said(FieldChange change, PlanAct act) => act is PlanAct.Add
        ? Shown(change.After)
        : $"{Shown(change.Before)} → {Shown(change.After)}";

    private static string Shown(string? value) => value is null ? "(none)" : Visible(value);

    /// <summary>Texts come from a file and go to a terminal, which would obey what is hidden in them.</summary>
    private static string Visible(string text) =>
        string.Concat(text.Select(c => c == '\n' ? "⏎" : Invisible.Is(c) ? "·" : c.ToString()));

    private static int Count(Plan plan, PlanAct act) => plan.Steps.Count(step => step.Act == act);

    private static (char Mark, int Colour) Mark(PlanAct act) => act switch
    {
        PlanAct.Add => ('+', 32),
        PlanAct.Change => ('~', 33),
        _ => ('-', 31),
    };
}
