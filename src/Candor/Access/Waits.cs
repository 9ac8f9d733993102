namespace Candor.Access;

/// <summary>How long somebody has to wait, as people are told it.</summary>
internal static class Waits
{
    /// <summary>Whole seconds within a minute, whole minutes after that; never too short.</summary>
    public static TimeSpan Said(TimeSpan wait) => wait <= TimeSpan.FromMinutes(1)
        ? TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds))
        : TimeSpan.FromMinutes(Math.Ceiling(wait.TotalMinutes));
}
