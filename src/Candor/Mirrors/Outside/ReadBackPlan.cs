using System.Collections.Immutable;

namespace Candor.Mirrors.Outside;

/// <summary>Where the page is read back, and how often.</summary>
/// <param name="Within">How far behind readers may be, or how long without the page, before operators are told.</param>
internal sealed record ReadBackPlan(ImmutableArray<Uri> From, TimeSpan Every, TimeSpan Within)
{
    public static readonly ReadBackPlan Nothing = new([], TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
}
