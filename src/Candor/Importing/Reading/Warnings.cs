using System.Collections.Immutable;

namespace Candor.Importing.Reading;

/// <summary>Collects what could not be carried or was guessed. The same sentence is said once, with how often it held.</summary>
internal sealed class Warnings
{
    private readonly Dictionary<(string What, string Remedy), (string Where, int Times)> said = [];
    private int unsaid;

    public ImmutableArray<ImportWarning> All
    {
        get
        {
            var all = said.Select(w => new ImportWarning(
                w.Value.Where, w.Value.Times == 1 ? w.Key.What : $"{w.Key.What} ({w.Value.Times} times)", w.Key.Remedy));
            return unsaid == 0
                ? [.. all]
                : [.. all, new("the source", $"{unsaid} more warnings are not shown", "import a smaller part to see them")];
        }
    }

    public void Add(string where, string what, string remedy)
    {
        if (said.TryGetValue((what, remedy), out var before))
        {
            said[(what, remedy)] = (before.Where, before.Times + 1);
        }
        else if (said.Count < SourceLimits.WarningsMax)
        {
            said.Add((what, remedy), (where, 1));
        }
        else
        {
            unsaid++;
        }
    }
}
