using Candor.Pages.Phrases;
using Candor.State;

namespace Candor.Pages.Wording;

/// <summary>What readers are told of places that cannot see.</summary>
internal static class Blindness
{
    /// <summary>"3 of 5 monitors blind since 09:57 UTC: the default gateway does not answer." Null while all can be believed.</summary>
    public static string? Sentence(World world, PageClock clock, DateTimeOffset now)
    {
        var blind = world.Policy.Vantages
            .Select(world.Vantages.GetValueOrDefault)
            .OfType<Vantage>()
            .Where(vantage => vantage.Status != VantageStatus.Live)
            .ToList();
        if (blind.Count == 0)
        {
            return null;
        }

        var reasons = blind.Select(vantage => vantage.Reason).Distinct(StringComparer.Ordinal).ToList();
        return PageWords.In(clock.Language).Front.Blind(
            blind.Count,
            world.Policy.Vantages.Length,
            clock.Short(blind.Min(vantage => vantage.Since), now),
            reasons is [{ Length: > 0 } only] ? only : null);
    }
}
