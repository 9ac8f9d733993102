namespace Candor.Samples;

/// <summary>What goes to the store in one transaction.</summary>
/// <param name="Number">One more than the write before, also where that one failed.</param>
/// <param name="ReplayAfter">Writes up to here are rolled up entirely; a store that is opened again replays the later ones.</param>
internal sealed record SampleWrite(long Number, long ReplayAfter)
{
    public IReadOnlyList<StoredSeries> NewSeries { get; init; } = [];

    /// <summary>Readings as they came.</summary>
    public IReadOnlyList<Sample> Samples { get; init; } = [];

    public IReadOnlyList<SlotWrite> Slots { get; init; } = [];

    public IReadOnlyList<(int Series, StoredGauge Gauge)> Gauges { get; init; } = [];

    /// <summary>Metrics of which everything before this write goes.</summary>
    public IReadOnlyCollection<string> Dropped { get; init; } = [];

    /// <summary>Slots of metrics, each in the place of what is stored of it.</summary>
    public IReadOnlyList<ValueSlot> Values { get; init; } = [];
}

/// <summary>A slot to be stored.</summary>
/// <param name="Adds">Whether what is stored already stays and this is added, or is replaced.</param>
internal readonly record struct SlotWrite(int Series, Tier Tier, int Slot, bool Adds, ReadOnlyMemory<byte> Body);
