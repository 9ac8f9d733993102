namespace Candor.Notices.Channels;

/// <summary>How a kind of channel tries again.</summary>
/// <param name="RetryMost">No pause between two tries is longer, whatever the jitter; a Retry-After may be.</param>
/// <param name="Horizon">From the first try of the newest word until nobody tries any more; by the steady clock, and without what Candor was not running.</param>
internal sealed record ChannelTiming(TimeSpan RetryMost, TimeSpan Horizon)
{
    /// <summary>
    /// How long an attempt that may have arrived is held before it is made again, and then only where it is still current.
    /// Zero: at once, because the receiver can compare keys.
    /// </summary>
    public TimeSpan HoldAmbiguous { get; init; }

    /// <summary>One try takes no longer.</summary>
    public TimeSpan SendWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Messages that are with the channel at the same time.</summary>
    public int WorkersMost { get; init; } = 64;

    /// <summary>What a destination takes when it is well, in messages a second; a drain works its way up to it.</summary>
    public double Nominal { get; init; } = 100;

    /// <summary>Everything goes by one server of the owner's, whoever answers for the addresses: the server is spared as a whole.</summary>
    public bool ByOneServer { get; init; }
}
