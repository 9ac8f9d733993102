using System.Collections.Immutable;

namespace Candor.Settings;

/// <summary>Where readers get the page, so that it is read back from there. It concerns this machine, so the journal never hears of it.</summary>
internal sealed record ReadBackSettings
{
    /// <summary>The page's own address and each mirror's; empty: nothing is read back.</summary>
    public ImmutableArray<Uri> From { get; init; } = [];

    public TimeSpan Every { get; init; } = Defaults.ReadBackEvery;

    /// <summary>How far behind readers may be before operators are told.</summary>
    public TimeSpan Within { get; init; } = Defaults.ReadBackWithin;
}
