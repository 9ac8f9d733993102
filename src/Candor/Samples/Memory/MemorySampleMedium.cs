using Candor.State;

namespace Candor.Samples.Memory;

/// <summary>What outlives a <see cref="MemorySampleStore"/>, as a disk outlives a process. It may be told to fail.</summary>
internal sealed class MemorySampleMedium
{
    public SortedDictionary<int, (MonitorId Monitor, VantageId Vantage)> Series { get; } = [];

    public SortedDictionary<long, byte[]> Batches { get; } = [];

    public Dictionary<SlotKey, (long UpTo, byte[] Body)> Slots { get; } = [];

    public Dictionary<(int Series, string Name, int Slot), StoredGauge> Gauges { get; } = [];

    public Dictionary<(string Metric, Tier Tier, int Slot), ValueSlot> Values { get; } = [];

    public long ReplayAfter { get; set; }

    public long LastWrite { get; set; }

    /// <summary>Thrown by the next writes while it is set.</summary>
    public Exception? Fault { get; set; }
}
