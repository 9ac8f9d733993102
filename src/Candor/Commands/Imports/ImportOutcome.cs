using Candor.Importing;
using Candor.Importing.Entering;
using Candor.Languages;
using Candor.Pages.Wording;

namespace Candor.Commands.Imports;

/// <summary>Says what an import did, or would do: what is entered, what stands here already, what is left out and why, and how to undo it.</summary>
internal sealed class ImportOutcome(Terminal terminal, ImportOrder order)
{
    private const int Shown = 30;

    public void Show(ImportTold told, Imported content)
    {
        Components(told);
        var remarks = told.Steps.Where(step => step.Why is not null).ToList();
        foreach (var step in remarks.Take(Shown))
        {
            terminal.Line($"{terminal.Paint(Ink.Warning, "!")} “{step.Title}” {step.Why!.TrimEnd('.')}.");
            terminal.Line($"  {terminal.Paint(Ink.Good, $"→ {step.Remedy}")}");
        }

        if (remarks.Count > Shown)
        {
            terminal.Line($"… and {remarks.Count - Shown} more; --json lists them all.");
        }

        if (content.Monitors.Length > 0)
        {
            terminal.Line($"{SettingsFile.Count(content.Monitors.Length, "monitor")} left out: monitors belong in candor.yaml; --dry-run --only monitors writes them for it.");
        }

        terminal.Line(Sum(told));
        if (!order.DryRun && told.Count(ImportAct.Enter) + told.Count(ImportAct.Present) > 0)
        {
            terminal.Line(terminal.Paint(Ink.Quiet, $"Nobody was notified. `candor import undo {told.Import}` takes all of it out again."));
        }
    }

    private void Components(ImportTold told)
    {
        foreach (var one in told.Components.Where(one => one.Ours is not null && one.Ours != one.Theirs).Take(Shown))
        {
            terminal.Line($"  {one.Theirs} → {one.Ours}");
        }

        var historic = told.Components.Where(one => one.Ours is null).Select(one => one.Theirs).ToList();
        if (historic.Count > 0)
        {
            var names = historic.Count > Shown ? $"{string.Join(", ", historic.Take(Shown))} and {historic.Count - Shown} more" : string.Join(", ", historic);
            terminal.Line($"Not on this page, so named in the history only: {names}.");
            terminal.Line($"  {terminal.Paint(Ink.Good, $"→ --map \"{historic[0]}=NAME\" says which component one is")}");
        }
    }

    private string Sum(ImportTold told)
    {
        var parts = new List<string>();
        Add(told.Count(ImportAct.Enter), order.DryRun ? "would be entered" : "entered");
        Add(told.Count(ImportAct.Present), "there already");
        Add(told.Count(ImportAct.LeftOut), "left out");
        return parts.Count == 0 ? "There is nothing to enter." : $"{Language.English.Lists.And(parts)}.";

        void Add(int number, string what)
        {
            if (number > 0)
            {
                parts.Add($"{number} {what}");
            }
        }
    }
}
