namespace Candor.Settings.Entries;

/// <summary>Collects everything that is wrong, so that one look at the answer is enough to mend the whole file.</summary>
internal sealed class Faults
{
    /// <summary>A file that is not YAML for this program at all would otherwise bury its first fault under thousands.</summary>
    public const int Limit = 100;

    private readonly HashSet<Fault> found = [];

    public bool Any => found.Count > 0;

    /// <summary>More faults would not be kept, so looking for them is not worth much.</summary>
    public bool IsFull => found.Count >= Limit;

    public void Add(Fault fault)
    {
        if (found.Count < Limit)
        {
            found.Add(fault);
        }
    }

    /// <param name="at">The entry that is wrong.</param>
    /// <param name="what">Continues the path: "is empty", "is “30 sec”".</param>
    /// <param name="remedy">What to write instead: "write a duration such as 30s, 5m or 24h".</param>
    public void Add(Entry at, string what, string remedy) =>
        Add(new Fault(at.Line, at.Column, at.Path, what, remedy));

    /// <summary>The faults in the order of the file.</summary>
    public IReadOnlyList<Fault> Sorted() =>
        [.. found.OrderBy(f => f.Line).ThenBy(f => f.Column).ThenBy(f => f.ToString(), StringComparer.Ordinal)];
}
