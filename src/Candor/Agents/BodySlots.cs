namespace Candor.Agents;

/// <summary>
/// Who may have a large body held before its signature can be looked at: few from one address, and not many in all, so that
/// strangers can fill neither the memory nor, from one place, the slots of the others.
/// </summary>
internal sealed class BodySlots
{
    public const int OfOneMost = 16;
    public const int Most = 64;

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> taken = new(StringComparer.Ordinal);
    private int all;

    /// <summary>Give it back by disposing; null where there is none to be had.</summary>
    public IDisposable? Take(string source)
    {
        lock (gate)
        {
            var here = taken.GetValueOrDefault(source);
            if (here == OfOneMost || all == Most)
            {
                return null;
            }

            (taken[source], all) = (here + 1, all + 1);
            return new Slot(this, source);
        }
    }

    private void GiveBack(string source)
    {
        lock (gate)
        {
            all--;
            if (--taken[source] == 0)
            {
                taken.Remove(source);
            }
        }
    }

    private sealed class Slot(BodySlots slots, string source) : IDisposable
    {
        private bool isGivenBack;

        public void Dispose()
        {
            if (!isGivenBack)
            {
                isGivenBack = true;
                slots.GiveBack(source);
            }
        }
    }
}
