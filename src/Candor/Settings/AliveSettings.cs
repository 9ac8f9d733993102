using System.Collections.Immutable;
using Candor.Settings.Forms;

namespace Candor.Settings;

/// <summary>Who is told that this Candor is alive. Such an address is a permission, so it is a secret.</summary>
internal sealed record AliveSettings
{
    /// <summary>Addresses that are called; empty: nobody is told.</summary>
    public ImmutableArray<Secret> Tell { get; init; } = [];

    public TimeSpan Every { get; init; } = Defaults.AliveEvery;
}
