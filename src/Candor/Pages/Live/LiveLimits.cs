namespace Candor.Pages.Live;

/// <summary>Every bound of the live streams in one place.</summary>
internal sealed record LiveLimits
{
    public static LiveLimits Default { get; } = new();

    /// <summary>One more is told to come back in a minute; its page goes on without live updates.</summary>
    public int StreamsMax { get; init; } = 15_000;

    /// <summary>Into so many parts the streams are divided; one after another is sent to.</summary>
    public int Lanes { get; init; } = 64;

    /// <summary>Messages that a stream may lag behind before it is dropped. Its browser reconnects and asks anew.</summary>
    public int LagMax { get; init; } = 64;

    /// <summary>How long one write may take before the stream is dropped.</summary>
    public TimeSpan WriteMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A comment is sent so often, so that proxies keep the stream and the dead are found.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How fast browsers may come to fetch what changed: this many a second.</summary>
    public int FetchesPerSecond { get; init; } = 5_000;
}
