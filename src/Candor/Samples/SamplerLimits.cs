namespace Candor.Samples;

/// <summary>Bounds of the sampler.</summary>
internal sealed record SamplerLimits
{
    public static readonly SamplerLimits Default = new();

    /// <summary>A write begins this long after the first reading that it takes. A process that dies loses no more of the raw readings.</summary>
    public TimeSpan WriteEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Readings that wait for a write: 40 s of ten thousand monitors. Further ones reach the charts but not the store.</summary>
    public int PendingMax { get; init; } = 20_000;

    /// <summary>How long a changed slot waits before it is stored; a crash replays that much.</summary>
    public TimeSpan StoreAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Slots in one write.</summary>
    public int SlotsPerWrite { get; init; } = 500;

    public TimeSpan ReopenFirst { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan ReopenLongest { get; init; } = TimeSpan.FromMinutes(1);
}
